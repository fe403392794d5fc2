package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.BootstrapConfig;
import io.sparkdistill.math.SplitMix64;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Draws of rows by their kinds. */
class BootstrapTest {
  private static final BootstrapConfig USUAL = new BootstrapConfig(1000, 1);

  @Property(seed = "1", tries = 30)
  void drawsHaveMeanAndVarianceOfTheBinomialDistribution(
      @ForAll @IntRange(min = 1, max = 100_000) int trials,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double probability) {
    SplitMix64 random = new SplitMix64(trials);
    int draws = 2000;
    double sum = 0;
    double squares = 0;
    double mean = trials * probability;
    for (int i = 0; i < draws; i++) {
      long drawn = Binomial.draw(trials, probability, random);
      assertThat(drawn).isBetween(0L, (long) trials);
      sum += drawn - mean;
      squares += (drawn - mean) * (drawn - mean);
    }
    double variance = mean * (1 - probability);
    assertThat(sum / draws).isCloseTo(0, within(5 * Math.sqrt(variance / draws)));
    // The variance of a variance has the fourth moment in it, which is large where mean is small.
    double fourth = 3 * variance * variance + variance * (1 - 6 * variance / trials);
    assertThat(squares / draws)
        .isCloseTo(variance, within(6 * Math.sqrt((fourth - variance * variance) / draws)));
  }

  @Example
  void drawsOfFewTrialsAreAsFrequentAsTheyAreProbable() {
    SplitMix64 random = new SplitMix64(2);
    int[] found = new int[4];
    for (int i = 0; i < 40_000; i++) {
      found[(int) Binomial.draw(3, 0.25, random)]++;
    }
    double[] expected = {27 / 64.0, 27 / 64.0, 9 / 64.0, 1 / 64.0};
    for (int k = 0; k < 4; k++) {
      assertThat(found[k] / 40_000.0).isCloseTo(expected[k], within(0.01));
    }
  }

  @Example
  void whatIsCertainIsNotDrawn() {
    SplitMix64 random = new SplitMix64(3);
    assertThat(Binomial.draw(9, 0, random)).isZero();
    assertThat(Binomial.draw(9, 1, random)).isEqualTo(9);
    assertThat(Binomial.draw(0, 0.5, random)).isZero();
    assertThat(Binomial.draw(1_000_000_000L, 0.5, random)).isBetween(499_000_000L, 501_000_000L);
  }

  @Example
  void everyDrawHasAllRowsAndNoneOfKindsThatThereAreNot() {
    long[] counts = {0, 7, 0, 900, 93, 0};
    Bootstrap bootstrap = Bootstrap.of(counts, USUAL);
    assertThat(bootstrap.interval(drawn -> Arrays.stream(drawn).sum()))
        .contains(new Interval(1000, 1000));
    assertThat(bootstrap.interval(drawn -> drawn[0] + drawn[2] + drawn[5]))
        .contains(new Interval(0, 0));
  }

  @Example
  void intervalOfAShareIsThatOfTheNormalDistribution() {
    Interval interval =
        Bootstrap.of(new long[] {2_000, 8_000}, USUAL)
            .interval(drawn -> drawn[0] / 10_000.0)
            .orElseThrow();
    double half = 1.96 * Math.sqrt(0.2 * 0.8 / 10_000);
    assertThat(interval.low()).isCloseTo(0.2 - half, within(0.15 * half));
    assertThat(interval.high()).isCloseTo(0.2 + half, within(0.15 * half));
  }

  @Example
  void sameSeedGivesTheSameAndAnotherOneAnother() {
    long[] counts = {40, 3, 12, 145};
    assertThat(interval(counts, 1)).isEqualTo(interval(counts, 1));
    assertThat(Bootstrap.of(counts, new BootstrapConfig(50, 1)).interval(BootstrapTest::digest))
        .isNotEqualTo(
            Bootstrap.of(counts, new BootstrapConfig(50, 2)).interval(BootstrapTest::digest));
  }

  @Example
  void noIntervalWithoutDrawsOrWhereADrawHasNoNumber() {
    long[] counts = {1, 1};
    assertThat(Bootstrap.of(counts, BootstrapConfig.none()).interval(drawn -> drawn[0])).isEmpty();
    assertThat(Bootstrap.of(counts, USUAL).interval(drawn -> 1.0 / drawn[0])).isEmpty();
  }

  private static Interval interval(long[] counts, long seed) {
    return Bootstrap.of(counts, new BootstrapConfig(200, seed))
        .interval(BootstrapTest::digest)
        .orElseThrow();
  }

  private static double digest(long[] drawn) {
    return drawn[0] + 0.37 * drawn[1] + 0.011 * drawn[2];
  }
}
