package io.sparkdistill.objective;

import java.util.Arrays;

/**
 * Brings a map to another height and width by bilinear interpolation between the centres of its
 * pixels; beyond the outermost centres the map goes on as it is there. Linear, so that gradients go
 * back by its transpose. Immutable and thread-safe.
 *
 * @param fromHeight of the map
 * @param fromWidth of the map
 * @param toHeight of the result
 * @param toWidth of the result
 */
record Bilinear(int fromHeight, int fromWidth, int toHeight, int toWidth) {
  /**
   * Between which two of {@code from} places one of {@code to} places lies.
   *
   * @param low the one
   * @param high the other, perhaps the same
   * @param share of the other, 0 to below 1
   */
  private record Between(int low, int high, double share) {
    static Between of(int place, int from, int to) {
      double at = (place + 0.5) * from / to - 0.5;
      double inside = Math.max(0, Math.min(from - 1, at));
      int low = (int) inside;
      return new Between(low, Math.min(from - 1, low + 1), inside - low);
    }
  }

  /** Overwrites a result with the map in the other size. */
  void apply(double[] map, double[] result) {
    if (isIdentity()) {
      System.arraycopy(map, 0, result, 0, toHeight * toWidth);
      return;
    }
    for (int y = 0; y < toHeight; y++) {
      Between row = Between.of(y, fromHeight, toHeight);
      for (int x = 0; x < toWidth; x++) {
        Between column = Between.of(x, fromWidth, toWidth);
        result[y * toWidth + x] =
            (1 - row.share) * between(map, row.low, column)
                + row.share * between(map, row.high, column);
      }
    }
  }

  private boolean isIdentity() {
    return fromHeight == toHeight && fromWidth == toWidth;
  }

  private double between(double[] map, int y, Between column) {
    return (1 - column.share) * map[y * fromWidth + column.low]
        + column.share * map[y * fromWidth + column.high];
  }

  /** Overwrites the derivatives by the map with what those by the result make of them. */
  void back(double[] byResult, double[] byMap) {
    if (isIdentity()) {
      System.arraycopy(byResult, 0, byMap, 0, toHeight * toWidth);
      return;
    }
    Arrays.fill(byMap, 0, fromHeight * fromWidth, 0);
    for (int y = 0; y < toHeight; y++) {
      Between row = Between.of(y, fromHeight, toHeight);
      for (int x = 0; x < toWidth; x++) {
        Between column = Between.of(x, fromWidth, toWidth);
        double slope = byResult[y * toWidth + x];
        spread(byMap, row.low, column, (1 - row.share) * slope);
        spread(byMap, row.high, column, row.share * slope);
      }
    }
  }

  private void spread(double[] byMap, int y, Between column, double slope) {
    byMap[y * fromWidth + column.low] += (1 - column.share) * slope;
    byMap[y * fromWidth + column.high] += column.share * slope;
  }
}
