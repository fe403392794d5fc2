package io.sparkdistill.failure;

/**
 * A failure whose cause and remedy are known; anything else that is thrown is a defect of ours. The
 * message is complete: users see it without a stack trace.
 */
public abstract sealed class DistillException extends RuntimeException
    permits InvalidConfigurationException,
        BadInputException,
        IntegrityException,
        ConflictException,
        DivergenceException,
        TransientException {
  private static final long serialVersionUID = 1L;

  DistillException(String message) {
    super(message);
  }

  DistillException(String message, Throwable cause) {
    super(message, cause);
  }
}
