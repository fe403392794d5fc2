package io.sparkdistill.failure;

/** Another run works on the same output: wait for it (exit code 5). */
public final class ConflictException extends DistillException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   */
  public ConflictException(String message) {
    super(message);
  }
}
