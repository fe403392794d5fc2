package io.sparkdistill.pipeline;

/**
 * What became of a stage.
 *
 * @param stage its name
 * @param text for people
 */
record StageOutcome(String stage, String text) {
  @Override
  public String toString() {
    return stage + ": " + text;
  }
}
