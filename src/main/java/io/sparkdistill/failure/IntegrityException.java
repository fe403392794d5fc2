package io.sparkdistill.failure;

/**
 * What is published does not belong to this configuration, or is no longer what was published: look
 * first (exit code 4).
 */
public final class IntegrityException extends DistillException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   */
  public IntegrityException(String message) {
    super(message);
  }

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   * @param cause what the layer below said, for {@code --verbose}
   */
  public IntegrityException(String message, Throwable cause) {
    super(message, cause);
  }
}
