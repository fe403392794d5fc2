package io.sparkdistill.cli;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.DivergenceException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.TransientException;

/** What the process ends with. */
final class ExitCodes {
  static final int DONE = 0;
  static final int INTERNAL = 1;
  static final int CONFIGURATION = 2;
  static final int BAD_INPUT = 3;
  static final int INTEGRITY = 4;
  static final int CONFLICT = 5;
  static final int TRANSIENT = 75;

  private ExitCodes() {}

  static int of(DistillException failure) {
    if (failure instanceof InvalidConfigurationException) {
      return CONFIGURATION;
    }
    if (failure instanceof BadInputException) {
      return BAD_INPUT;
    }
    if (failure instanceof IntegrityException) {
      return INTEGRITY;
    }
    if (failure instanceof ConflictException) {
      return CONFLICT;
    }
    if (failure instanceof TransientException) {
      return TRANSIENT;
    }
    if (failure instanceof DivergenceException) {
      return INTERNAL;
    }
    throw new IllegalArgumentException(failure);
  }
}
