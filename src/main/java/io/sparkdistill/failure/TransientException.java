package io.sparkdistill.failure;

/**
 * The environment failed, or did not say whether it succeeded: the same command may be tried again
 * (exit code 75).
 */
public final class TransientException extends DistillException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   */
  public TransientException(String message) {
    super(message);
  }

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   * @param cause what the layer below said, for {@code --verbose}
   */
  public TransientException(String message, Throwable cause) {
    super(message, cause);
  }
}
