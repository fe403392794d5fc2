package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Sums of weighted states are averages. */
class ContributionTest {
  private static final int NUMBERS = 7;

  @Property(seed = "1")
  void contributionsAddUpToTheAverageBySamples(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 10_000) Integer> samples,
      @ForAll long seed) {
    Random random = new Random(seed);
    long all = samples.stream().mapToLong(Integer::longValue).sum();
    double[] parameters = new double[NUMBERS];
    double[] updater = new double[NUMBERS];
    double lossSum = 0;
    List<Contribution> contributions = new ArrayList<>();
    for (int count : samples) {
      NetworkState state = new NetworkState(gaussian(random), gaussian(random));
      lossSum += count * 0.5;
      for (int i = 0; i < NUMBERS; i++) {
        parameters[i] += (double) count * state.parameters()[i] / all;
        updater[i] += (double) count * state.updater()[i] / all;
      }
      contributions.add(Contribution.weighted(state, count, all, count * 0.5));
    }

    Contribution sum = contributions.stream().reduce(Contribution::plus).orElseThrow();

    assertThat(sum.samples()).isEqualTo(all);
    assertThat(sum.lossSum()).isCloseTo(lossSum, within(1e-9 * lossSum));
    for (int i = 0; i < NUMBERS; i++) {
      assertThat((double) sum.state().parameters()[i]).isCloseTo(parameters[i], within(1e-5));
      assertThat((double) sum.state().updater()[i]).isCloseTo(updater[i], within(1e-5));
    }
  }

  @Property(seed = "2")
  void weightsSumToOne(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 10_000) Integer> samples) {
    long all = samples.stream().mapToLong(Integer::longValue).sum();
    Contribution sum =
        samples.stream()
            .map(count -> Contribution.weighted(ones(), count, all, 0))
            .reduce(Contribution::plus)
            .orElseThrow();
    assertThat(sum.state().parameters()[0]).isCloseTo(1, within(1e-6f));
    assertThat(sum.state().updater()[0]).isCloseTo(1, within(1e-6f));
  }

  @Example
  void oneWorkerAloneKeepsItsStateBitForBit() {
    NetworkState state =
        new NetworkState(gaussian(new Random(1)), new float[] {Float.MIN_VALUE, -0f});
    Contribution alone = Contribution.weighted(state, 17, 17, 3);
    assertThat(alone.state().parameters()).containsExactly(gaussian(new Random(1)));
    assertThat(alone.state().updater()).containsExactly(Float.MIN_VALUE, -0f);
  }

  @Example
  void theOtherSummandStaysAsItIs() {
    Contribution one = Contribution.weighted(ones(), 1, 2, 0);
    Contribution other = Contribution.weighted(ones(), 1, 2, 0);
    Contribution sum = one.plus(other);
    assertThat(other.state().parameters()).containsExactly(0.5f);
    assertThat(sum.state().parameters()).containsExactly(1);
  }

  private static NetworkState ones() {
    return new NetworkState(new float[] {1}, new float[] {1});
  }

  private static float[] gaussian(Random random) {
    float[] values = new float[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
