package io.sparkdistill.pipeline.trials;

import io.sparkdistill.pipeline.run.Result;
import io.sparkdistill.tuning.TuningReport;
import java.util.List;

/**
 * What tune ends with.
 *
 * @param report all trials, the best first
 * @param places what was published and where, for people
 */
public record TuningResult(TuningReport report, List<Result.Place> places) {
  /** Copies the list. */
  public TuningResult {
    places = List.copyOf(places);
  }
}
