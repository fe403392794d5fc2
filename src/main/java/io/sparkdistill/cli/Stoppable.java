package io.sparkdistill.cli;

import io.sparkdistill.pipeline.run.StopRequest;

/** A command that ends early where it is asked to. */
interface Stoppable {
  /** Whom it asks whether it shall. */
  void heed(StopRequest asked);
}
