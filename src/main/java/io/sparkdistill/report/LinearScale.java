package io.sparkdistill.report;

import java.util.ArrayList;
import java.util.List;

/** Equal differences are equally far apart. It begins and ends at ticks. */
final class LinearScale implements Scale {
  private final double step;
  private final long first;
  private final long last;
  private final Span pixels;

  /**
   * A scale.
   *
   * @param values that are to be shown
   * @param pixels where the axis begins and ends
   * @param most ticks that there should be room for, about
   */
  LinearScale(Span values, Span pixels, int most) {
    Span wide = values.widened();
    this.step = step(wide.length() / most);
    this.first = (long) Math.floor(wide.low() / step + 1e-9);
    this.last = Math.max(first + 1, (long) Math.ceil(wide.high() / step - 1e-9));
    this.pixels = pixels;
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
    double share = (value / step - first) / (last - first);
    return pixels.low() + Math.max(0, Math.min(1, share)) * pixels.length();
  }

  @Override
  public List<Tick> ticks() {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    List<Tick> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      double value = i * step;
      ticks.add(new Tick(Numbers.pixels(at(value)), Numbers.tick(value, decimals)));
    }
    return ticks;
  }
}
