package io.sparkdistill.evaluation;

import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.HeldOut;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;
import java.util.Optional;

/**
 * Finds the one temperature for a model, in the same pass that judges it: sums for each of {@value
 * #COUNT} temperatures, so that the rows need not be seen again when the best is known. One half of
 * the rows chooses, the other half is judged; an id decides which. Tallies of parts add up. Not
 * thread-safe.
 */
final class TemperatureTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int COUNT = 97;
  private static final int ONE = COUNT / 2;
  private static final int STEPS_OF_AN_OCTAVE = 16;
  private static final HeldOut FITTING = HeldOut.forTemperatures();

  private final double[] fittedNll = new double[COUNT];
  private final double[] nll = new double[COUNT];
  private final double[] brier = new double[COUNT];
  private final Reliability[] reliability = new Reliability[COUNT];
  private long fitted;
  private long judged;

  TemperatureTally() {
    for (int i = 0; i < COUNT; i++) {
      reliability[i] = new Reliability();
    }
  }

  /** From 1/8 to 8; the middle one is 1. */
  static double temperature(int place) {
    return StrictMath.pow(2, (double) (place - ONE) / STEPS_OF_AN_OCTAVE);
  }

  void add(Answer answer, SoftTarget row) {
    boolean fits = FITTING.holds(row);
    fitted += fits ? 1 : 0;
    judged += fits ? 0 : 1;
    for (int i = 0; i < COUNT; i++) {
      double[] logP = Distributions.logSoftmax(answer.logits(), temperature(i));
      if (fits) {
        fittedNll[i] -= logP[row.label()];
      } else {
        nll[i] -= logP[row.label()];
        brier[i] += Answer.brier(logP, row.label());
        double confidence = Math.exp(logP[answer.predicted()]);
        if (answer.predicted() == row.label()) {
          reliability[i].addRight(confidence);
        } else {
          reliability[i].addWrong(confidence);
        }
      }
    }
  }

  void addAll(TemperatureTally other) {
    fitted += other.fitted;
    judged += other.judged;
    for (int i = 0; i < COUNT; i++) {
      fittedNll[i] += other.fittedNll[i];
      nll[i] += other.nll[i];
      brier[i] += other.brier[i];
      reliability[i].addAll(other.reliability[i]);
    }
  }

  /** What the best temperature changes; empty if one of the halves has no rows. */
  Optional<TemperatureScaling> scaling() {
    if (fitted == 0 || judged == 0) {
      return Optional.empty();
    }
    int best = ONE;
    for (int i = 0; i < COUNT; i++) {
      best = fittedNll[i] < fittedNll[best] ? i : best;
    }
    return Optional.of(
        new TemperatureScaling(
            ModelMetrics.rounded(temperature(best)),
            fitted,
            judged,
            ModelMetrics.rounded(nll[ONE] / judged),
            ModelMetrics.rounded(nll[best] / judged),
            ModelMetrics.rounded(brier[ONE] / judged),
            ModelMetrics.rounded(brier[best] / judged),
            ModelMetrics.rounded(reliability[ONE].ece(judged)),
            ModelMetrics.rounded(reliability[best].ece(judged)),
            reliability[best].bins()));
  }
}
