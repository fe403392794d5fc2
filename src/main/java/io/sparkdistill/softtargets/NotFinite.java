package io.sparkdistill.softtargets;

import java.util.OptionalDouble;

/** Looks for what no codec can keep. */
final class NotFinite {
  private NotFinite() {}

  /** A value of the teacher's answer that is NaN or infinite; empty if all are numbers. */
  static OptionalDouble in(BatchScorer.Answered answer) {
    OptionalDouble found = in(answer.logits());
    for (float[] values : answer.intermediates()) {
      found = found.isPresent() ? found : in(values);
    }
    return found;
  }

  private static OptionalDouble in(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return OptionalDouble.of(value);
      }
    }
    return OptionalDouble.empty();
  }
}
