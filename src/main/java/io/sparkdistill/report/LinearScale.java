package io.sparkdistill.report;

import java.util.List;
import java.util.stream.LongStream;

/** Equal differences are equally far apart. */
final class LinearScale implements Scale {
  private final Span values;
  private final Span pixels;
  private final double step;

  private LinearScale(Span values, Span pixels, double step) {
    this.values = values;
    this.pixels = pixels;
    this.step = step;
  }

  /**
   * A scale that begins and ends at ticks.
   *
   * @param values that are to be shown
   * @param pixels where the axis begins and ends
   * @param most ticks that there should be room for, about
   */
  static LinearScale round(Span values, Span pixels, int most) {
    Span wide = values.widened();
    double step = step(wide.length() / most);
    double first = Math.floor(wide.low() / step + 1e-9);
    double last = Math.max(first + 1, Math.ceil(wide.high() / step - 1e-9));
    return new LinearScale(new Span(first * step, last * step), pixels, step);
  }

  /** A scale that begins and ends at the least and the greatest value, with ticks between them. */
  static LinearScale tight(Span values, Span pixels, int most) {
    Span wide = values.widened();
    return new LinearScale(wide, pixels, step(wide.length() / most));
  }

  /** 1, 2 or 5 times a power of ten, the next one that is not smaller. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double times = least / power;
    double round = times <= 1 + 1e-9 ? 1 : times <= 2 + 1e-9 ? 2 : times <= 5 + 1e-9 ? 5 : 10;
    return round * power;
  }

  @Override
  public double at(double value) {
    double share = (value - values.low()) / values.length();
    return pixels.low() + Math.max(0, Math.min(1, share)) * pixels.length();
  }

  @Override
  public List<Tick> ticks() {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    long first = (long) Math.ceil(values.low() / step - 1e-9);
    long last = (long) Math.floor(values.high() / step + 1e-9);
    return LongStream.rangeClosed(first, last)
        .mapToDouble(number -> number * step)
        .mapToObj(
            value -> new Tick(ChartNumbers.pixels(at(value)), ChartNumbers.tick(value, decimals)))
        .toList();
  }
}
