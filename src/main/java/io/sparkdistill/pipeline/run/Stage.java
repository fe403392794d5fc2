package io.sparkdistill.pipeline.run;

/** One step of the pipeline. */
public interface Stage {
  /**
   * Does what is missing.
   *
   * @return what was done, or found to be up to date
   */
  StageOutcome run();

  /**
   * Checks all that can be checked, and computes nothing.
   *
   * @return what {@link #run} would do
   */
  StageOutcome plan();
}
