package io.sparkdistill.training;

import io.sparkdistill.objective.Terms;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What is written about a round.
 *
 * @param round from 1
 * @param epoch from 1; 0 before the first
 * @param samples that were seen
 * @param loss mean over them, before the averaging, in nats
 * @param heldOut after the averaging, where rows that are held out were looked at
 * @param terms of the loss, before the averaging; none where nobody knows them
 */
record RoundLine(
    int round, int epoch, long samples, double loss, Optional<HeldOutScore> heldOut, Terms terms) {
  static final String NAMES =
      "round,epoch,samples,loss,heldOutLoss,heldOutAccuracy"
          + ",softLoss,softGradient,hardLoss,hardGradient";

  /** What the numbers of {@link #text} are called. */
  String names() {
    return NAMES
        + terms.features().stream()
            .map(term -> "," + term.name() + "Loss," + term.name() + "Gradient")
            .collect(Collectors.joining());
  }

  /** Without a line end; what is not a finite number is left out. */
  String text() {
    DoubleStream known =
        DoubleStream.of(
            loss,
            heldOut.map(HeldOutScore::loss).orElse(Double.NaN),
            heldOut.map(HeldOutScore::accuracy).orElse(Double.NaN),
            terms.softLoss(),
            terms.softGradient(),
            terms.hardLoss(),
            terms.hardGradient());
    DoubleStream ofLayers =
        terms.features().stream()
            .flatMapToDouble(term -> DoubleStream.of(term.loss(), term.gradient()));
    return DoubleStream.concat(known, ofLayers)
        .mapToObj(RoundLine::number)
        .collect(Collectors.joining(",", round + "," + epoch + "," + samples + ",", ""));
  }

  /** In single precision, which says enough of a sum over rows. */
  private static String number(double value) {
    return Double.isFinite(value) ? Float.toString((float) value) : "";
  }
}
