package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.OuterConfig;
import java.util.BitSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

/** The step after a round does what its papers' algorithms say. */
class OuterStepTest {
  private static final BitSet NONE = new BitSet();

  @Property(seed = "1")
  void classicAveragingIsTheMeanBitForBit(
      @ForAll @Size(5) float[] start, @ForAll @Size(5) float[] mean) {
    OuterStep step = new OuterStep(OuterConfig.Preset.AVERAGE.step(), NONE);
    OuterStep.Position next =
        step.from(new OuterStep.Position(start, step.initialMomentum(5)), mean);
    assertThat(next.parameters()).isSameAs(mean);
    assertThat(next.momentum()).isEmpty();
  }

  @Example
  void slowMomentumAddsUpSteps() {
    OuterStep step = new OuterStep(OuterConfig.Preset.SLOWMO.step(), NONE);
    OuterStep.Position first = step.from(position(1, 0), new float[] {0.5f});
    assertThat(first).usingRecursiveComparison().isEqualTo(position(0.5f, 0.5f));
    OuterStep.Position second = step.from(first, new float[] {0.25f});
    assertThat(second).usingRecursiveComparison().isEqualTo(position(0, 0.5f));
  }

  @Example
  void nesterovsMomentumLooksAhead() {
    OuterStep step = new OuterStep(OuterConfig.Preset.DILOCO.step(), NONE);
    OuterStep.Position first = step.from(position(1, 0), new float[] {0.5f});
    assertThat(first.momentum()[0]).isEqualTo(0.5f);
    assertThat(first.parameters()[0]).isCloseTo(1 - 0.7f * (0.5f + 0.45f), within(1e-6f));
    OuterStep.Position second = step.from(first, first.parameters());
    assertThat(second.momentum()[0]).isCloseTo(0.45f, within(1e-6f));
    assertThat(second.parameters()[0])
        .isCloseTo(first.parameters()[0] - 0.7f * 0.405f, within(1e-6f));
  }

  @Property(seed = "2")
  void workersThatStandStillLeaveParametersWhereTheyAre(
      @ForAll @DoubleRange(min = 0.1, max = 2) double learningRate,
      @ForAll @DoubleRange(max = 0.99) double momentum,
      @ForAll boolean nesterov,
      @ForAll @Size(4) @FloatRange(min = -9, max = 9) float[] start) {
    OuterStep step = new OuterStep(new OuterConfig(learningRate, momentum, nesterov), NONE);
    OuterStep.Position next =
        step.from(new OuterStep.Position(start, step.initialMomentum(4)), start.clone());
    assertThat(next.parameters()).containsExactly(start);
  }

  @Example
  void steadyDistanceEndsInStepsOfLearningRateOverOneLessMomentum() {
    for (boolean nesterov : new boolean[] {false, true}) {
      OuterStep step = new OuterStep(new OuterConfig(0.7, 0.9, nesterov), NONE);
      OuterStep.Position position = position(0, 0);
      float before = 0;
      for (int round = 0; round < 200; round++) {
        before = position.parameters()[0];
        position = step.from(position, new float[] {before - 1});
      }
      assertThat(before - position.parameters()[0]).isCloseTo(7, within(1e-2f));
    }
  }

  @Example
  void statisticsAreTheMeanAndHaveNoMomentum() {
    BitSet second = new BitSet();
    second.set(1);
    OuterStep step = new OuterStep(OuterConfig.Preset.DILOCO.step(), second);
    OuterStep.Position next =
        step.from(
            new OuterStep.Position(new float[] {1, 1}, new float[] {3, 3}), new float[] {0, 0.1f});
    assertThat(next.parameters()[0]).isNegative();
    assertThat(next.parameters()[1]).isEqualTo(0.1f);
    assertThat(next.momentum()[1]).isZero();
  }

  @Example
  void nothingIsChangedInPlace() {
    float[] start = {1, 2};
    float[] momentum = {3, 4};
    float[] mean = {5, 6};
    new OuterStep(OuterConfig.Preset.DILOCO.step(), NONE)
        .from(new OuterStep.Position(start, momentum), mean);
    assertThat(start).containsExactly(1, 2);
    assertThat(momentum).containsExactly(3, 4);
    assertThat(mean).containsExactly(5, 6);
  }

  private static OuterStep.Position position(float parameter, float momentum) {
    return new OuterStep.Position(new float[] {parameter}, new float[] {momentum});
  }
}
