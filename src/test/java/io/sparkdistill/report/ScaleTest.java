package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Axes of any numbers have round ticks, and nothing is outside of them. */
class ScaleTest {
  private static final Span PIXELS = new Span(200, 20);

  @Property(seed = "1", tries = 500)
  void everyFiniteNumberHasItsPlace(@ForAll double a, @ForAll double b, @ForAll double c) {
    Span values = Span.of(DoubleStream.of(a, b)).orElseThrow();
    for (Scale scale :
        List.of(
            LinearScale.round(values, PIXELS, 5),
            LinearScale.tight(values, PIXELS, 5),
            log(a, b))) {
      assertThat(scale.at(c)).isBetween(20.0, 200.0);
      assertThat(scale.ticks()).hasSizeBetween(2, 12);
      assertThat(scale.ticks()).extracting(Tick::at).doesNotHaveDuplicates();
    }
  }

  @Property(seed = "2", tries = 500)
  void greaterNumbersAreHigher(
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double a,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double b) {
    Span values = new Span(Math.min(a, b), Math.max(a, b));
    for (Scale scale :
        List.of(
            LinearScale.round(values, PIXELS, 5),
            LinearScale.tight(values, PIXELS, 5),
            log(a, b))) {
      assertThat(scale.at(Math.min(a, b))).isGreaterThanOrEqualTo(scale.at(Math.max(a, b)));
    }
  }

  @Example
  void ticksAreRoundNumbers() {
    assertThat(LinearScale.round(new Span(0, 1), PIXELS, 5).ticks())
        .containsExactly(
            new Tick("200", "0.0"),
            new Tick("164", "0.2"),
            new Tick("128", "0.4"),
            new Tick("92", "0.6"),
            new Tick("56", "0.8"),
            new Tick("20", "1.0"));
    assertThat(LinearScale.tight(new Span(1, 705), PIXELS, 5).ticks())
        .extracting(Tick::label)
        .containsExactly("200", "400", "600");
    assertThat(new LogScale(new Span(0.02, 0.9), PIXELS).ticks())
        .extracting(Tick::label)
        .containsExactly("0.02", "0.05", "0.1", "0.2", "0.5", "1");
    assertThat(new LogScale(new Span(0.003, 80), PIXELS).ticks())
        .extracting(Tick::label)
        .containsExactly("0.01", "0.1", "1", "10", "100");
  }

  private static Scale log(double a, double b) {
    double low = Math.max(1e-300, Math.min(Math.abs(a), Math.abs(b)));
    double high = Math.min(1e300, Math.max(low, Math.max(Math.abs(a), Math.abs(b))));
    return new LogScale(new Span(Math.min(low, high), high), PIXELS);
  }
}
