package io.sparkdistill.evaluation;

import java.util.List;

/**
 * What a model would be worth with its logits divided by one number: Guo, Pleiss, Sun and
 * Weinberger, "On Calibration of Modern Neural Networks" (2017), section 4.2. The number is chosen
 * on one part of the test rows, and all else is about the other part. Errors and accuracy are not
 * touched by it.
 *
 * @param temperature with the lowest mean negative log-likelihood of the first part, one of 97 from
 *     1/8 to 8, each 4.4 % above the one before
 * @param fittedRows rows of the first part, at least 1
 * @param rows of the other part, at least 1
 * @param nllBefore mean negative log-likelihood of the labels in the other part at temperature 1,
 *     in nats
 * @param nll the same at {@code temperature}
 * @param brierBefore mean squared distance of the probabilities from the labels in the other part
 *     at temperature 1, 0 to 2
 * @param brier the same at {@code temperature}
 * @param eceBefore expected calibration error in the other part at temperature 1, 0 to 1
 * @param ece the same at {@code temperature}
 * @param reliability of the other part at {@code temperature}
 */
public record TemperatureScaling(
    double temperature,
    long fittedRows,
    long rows,
    double nllBefore,
    double nll,
    double brierBefore,
    double brier,
    double eceBefore,
    double ece,
    List<ReliabilityBin> reliability) {
  /** Copies the bins. */
  public TemperatureScaling {
    reliability = List.copyOf(reliability);
  }
}
