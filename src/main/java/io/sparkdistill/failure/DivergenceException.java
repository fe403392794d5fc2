package io.sparkdistill.failure;

/**
 * Training left the finite numbers: nothing was published; change what is trained (exit code 1).
 */
public final class DivergenceException extends DistillException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what cannot be done, why, the value at fault, and what to do
   */
  public DivergenceException(String message) {
    super(message);
  }
}
