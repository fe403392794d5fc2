package io.sparkdistill.export;

/**
 * Weights of a layer, seen alike whatever it is: those of a unit stand side by side, and of these
 * those for a unit of the layer below. That is the order in which Deeplearning4j keeps filters, and
 * columns of dense layers; only the biases stand before filters and behind columns.
 *
 * @param units of it
 * @param below units of the layer below, or numbers of the input
 * @param each weights of a unit for one of the layer below: pixels of a filter, or places of a
 *     channel that a dense layer sees
 * @param filters whether it is a convolution
 */
record PrunedLayer(int units, int below, int each, boolean filters) {
  long size() {
    return (long) units * below * each + units;
  }

  PrunedLayer with(int newUnits, int newBelow) {
    return new PrunedLayer(newUnits, newBelow, each, filters);
  }

  /** Place of a weight among the layer's numbers. */
  int weight(int unit, int from, int i) {
    return (filters ? units : 0) + (unit * below + from) * each + i;
  }

  /** Place of a bias among the layer's numbers. */
  int bias(int unit) {
    return (filters ? 0 : units * below * each) + unit;
  }
}
