package io.sparkdistill.softtargets;

import io.sparkdistill.failure.BadInputException;

/** What is said of a teacher whose answers are of no use. */
final class Teachers {
  private Teachers() {}

  static BadInputException notFinite(String teacher, String id, float logit) {
    return new BadInputException(
        "Cannot use teacher "
            + teacher
            + ", it answers row '"
            + id
            + "' with "
            + logit
            + ". Give features in the range that it was trained on, or another teacher.");
  }
}
