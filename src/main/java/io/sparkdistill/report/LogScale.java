package io.sparkdistill.report;

import java.util.List;
import java.util.stream.IntStream;

/** Equal ratios are equally far apart. It begins and ends at 1, 2 or 5 times a power of ten. */
final class LogScale implements Scale {
  private static final int MOST_TICKS = 8;
  private static final double LEAST_RATIO = 30;
  private static final int[] MANTISSAS = {1, 2, 5};

  /** Round numbers are counted: 1 is number 0, 2 is number 1, 10 is number 3. */
  private final int first;

  private final int last;
  private final Span pixels;

  /**
   * A scale.
   *
   * @param values that are to be shown, greater than 0
   * @param pixels where the axis begins and ends
   */
  LogScale(Span values, Span pixels) {
    int from = 3 * (int) Math.floor(Math.log10(values.low())) - 1;
    while (round(from + 1) <= values.low()) {
      from++;
    }
    int to = from + 1;
    while (round(to) < values.high()) {
      to++;
    }
    this.first = from;
    this.last = to;
    this.pixels = pixels;
  }

  /** Whether a reader sees more of values on this scale than on the other one. */
  static boolean fits(Span values) {
    return values.low() > 1e-300 && values.high() / values.low() >= LEAST_RATIO;
  }

  private static double round(int number) {
    return Double.parseDouble(MANTISSAS[Math.floorMod(number, 3)] + "e" + Math.floorDiv(number, 3));
  }

  @Override
  public double at(double value) {
    double low = Math.log10(round(first));
    double share = value > 0 ? (Math.log10(value) - low) / (Math.log10(round(last)) - low) : 0;
    return pixels.low() + Math.max(0, Math.min(1, share)) * pixels.length();
  }

  /** All of them, or powers of ten alone, or every so many of these. */
  @Override
  public List<Tick> ticks() {
    int every = 1;
    while ((last - first) / every >= MOST_TICKS) {
      every = every == 1 ? 3 : every + 3;
    }
    int stride = every;
    return IntStream.rangeClosed(first, last)
        .filter(number -> Math.floorMod(number, stride) == 0)
        .mapToObj(LogScale::round)
        .map(value -> new Tick(ChartNumbers.pixels(at(value)), label(value)))
        .toList();
  }

  private static String label(double value) {
    return ChartNumbers.tick(value, Math.max(0, (int) -Math.floor(Math.log10(value) + 1e-9)));
  }
}
