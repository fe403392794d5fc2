package io.sparkdistill.failure;

/** The configuration or the command line is wrong: correct it and run again (exit code 2). */
public final class InvalidConfigurationException extends DistillException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   */
  public InvalidConfigurationException(String message) {
    super(message);
  }

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   * @param cause what the layer below said, for {@code --verbose}
   */
  public InvalidConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
