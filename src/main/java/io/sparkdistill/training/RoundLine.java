package io.sparkdistill.training;

import io.sparkdistill.objective.Terms;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

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
  /** What the terms of a loss are called. */
  static final List<String> TERMS = List.of("softLoss", "softGradient", "hardLoss", "hardGradient");

  static final String NAMES =
      "round,epoch,samples,loss,heldOutLoss,heldOutAccuracy," + String.join(",", TERMS);

  /** What the numbers of {@link #text} are called. */
  String names() {
    return NAMES
        + terms.features().stream()
            .map(term -> "," + term.name() + "Loss," + term.name() + "Gradient")
            .collect(Collectors.joining())
        + terms.heads().stream()
            .map(head -> ofHead(head.name()))
            .flatMap(List::stream)
            .map(name -> "," + name)
            .collect(Collectors.joining());
  }

  /** What the terms of a head are called, in the order of those of the whole. */
  static List<String> ofHead(String name) {
    return TERMS.stream().map(term -> name + "." + term).toList();
  }

  /** Without a line end; what is not a finite number is left out. */
  String text() {
    DoubleStream ofAll =
        DoubleStream.of(
            loss,
            heldOut.map(HeldOutScore::loss).orElse(Double.NaN),
            heldOut.map(HeldOutScore::accuracy).orElse(Double.NaN));
    DoubleStream ofLayers =
        terms.features().stream()
            .flatMapToDouble(term -> DoubleStream.of(term.loss(), term.gradient()));
    DoubleStream ofHeads = terms.heads().stream().flatMapToDouble(head -> numbers(head.terms()));
    return Stream.of(ofAll, numbers(terms), ofLayers, ofHeads)
        .flatMapToDouble(numbers -> numbers)
        .mapToObj(RoundLine::number)
        .collect(Collectors.joining(",", round + "," + epoch + "," + samples + ",", ""));
  }

  private static DoubleStream numbers(Terms terms) {
    return DoubleStream.of(
        terms.softLoss(), terms.softGradient(), terms.hardLoss(), terms.hardGradient());
  }

  /** In single precision, which says enough of a sum over rows. */
  private static String number(double value) {
    return Double.isFinite(value) ? Float.toString((float) value) : "";
  }
}
