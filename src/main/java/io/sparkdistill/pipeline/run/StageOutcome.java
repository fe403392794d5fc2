package io.sparkdistill.pipeline.run;

import io.sparkdistill.storage.Manifest;

/**
 * What became of a stage.
 *
 * @param stage its name
 * @param text for people
 */
public record StageOutcome(String stage, String text) {
  /** A version whose files are as its manifest says. */
  public static StageOutcome compared(String stage, Manifest manifest) {
    return new StageOutcome(stage, "version " + manifest.version() + " is what was published");
  }

  @Override
  public String toString() {
    return stage + ": " + text;
  }
}
