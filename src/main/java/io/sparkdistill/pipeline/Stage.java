package io.sparkdistill.pipeline;

/** One step of the pipeline. */
interface Stage {
  /** Does what is missing. */
  StageOutcome run();

  /** Checks all that can be checked and computes nothing. */
  StageOutcome plan();
}
