package io.sparkdistill.failure;

/**
 * A data set or a teacher is missing or not what it must be: correct it and run again (exit code
 * 3).
 */
public final class BadInputException extends DistillException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   */
  public BadInputException(String message) {
    super(message);
  }

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   * @param cause what the layer below said, for {@code --verbose}
   */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
