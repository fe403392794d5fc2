package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Units are limited as Deeplearning4j's constraint limits them, and no longer ever. */
class NormLimitsTest {
  static {
    NativeBackend.choose();
  }

  /** Weights of a filter, of which there are three; their biases are before them. */
  private static final int FILTER = 2 * 3 * 3;

  private static final int FILTERS = 3;

  /** Weights of a unit of the dense layer, 5 x 4 pixels of each filter, of which there are five. */
  private static final int UNIT = FILTERS * 5 * 4;

  private static final int UNITS = 5;

  @Property(seed = "1", tries = 50)
  void limitsWhatDeeplearning4jLimits(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.5, max = 10) double ofFilters,
      @ForAll @DoubleRange(min = 0.5, max = 10) double ofUnits) {
    MultiLayerNetwork network = new MultiLayerNetwork(limited(ofFilters, ofUnits));
    network.init();
    float[] parameters = drawn(seed, (int) network.numParams());
    network.setParams(Nd4j.create(parameters, new long[] {1, parameters.length}, 'c'));

    network.applyConstraints(0, 0);
    NormLimits.of(limited(ofFilters, ofUnits)).apply(FloatBuffer.wrap(parameters));

    assertThat(parameters)
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(network.params().dup('c').data().asFloat());
  }

  @Property(seed = "2", tries = 100)
  void noUnitIsLongerThanItsLimitAndShorterOnesStayBitForBit(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.5, max = 10) double longest) {
    float[] before = drawn(seed, FILTERS + FILTERS * FILTER + UNITS * UNIT + UNITS + 6 * UNITS);
    float[] after = before.clone();
    NormLimits.of(limited(longest, longest)).apply(FloatBuffer.wrap(after));

    int from = FILTERS;
    for (int i = 0; i < FILTERS; i++, from += FILTER) {
      assertLimited(before, after, from, FILTER, longest);
    }
    for (int i = 0; i < UNITS; i++, from += UNIT) {
      assertLimited(before, after, from, UNIT, longest);
    }
    for (int i = from; i < after.length; i++) {
      assertThat(after[i]).as("what is behind %s", i).isEqualTo(before[i]);
    }
    for (int i = 0; i < FILTERS; i++) {
      assertThat(after[i]).as("bias %s", i).isEqualTo(before[i]);
    }
  }

  @Example
  void otherConstraintsAreNoLimits() {
    MultiLayerConfiguration outgoing =
        network(
            new ConvolutionLayer.Builder(3, 3).nOut(FILTERS),
            new DenseLayer.Builder().nOut(UNITS).constrainWeights(new MaxNormConstraint(1, 1)));
    MultiLayerConfiguration positive =
        network(
            new ConvolutionLayer.Builder(3, 3).nOut(FILTERS),
            new DenseLayer.Builder().nOut(UNITS).constrainWeights(new NonNegativeConstraint()));
    MultiLayerConfiguration biases =
        network(
            new ConvolutionLayer.Builder(3, 3).nOut(FILTERS),
            new DenseLayer.Builder()
                .nOut(UNITS)
                .constrainAllParameters(new MaxNormConstraint(1, 0)));
    assertThat(NormLimits.of(outgoing).count()).isZero();
    assertThat(NormLimits.of(positive).count()).isZero();
    assertThat(NormLimits.of(biases).count()).isZero();
    assertThat(NormLimits.of(limited(1, 1)).count()).isEqualTo(2);
  }

  private static void assertLimited(
      float[] before, float[] after, int from, int count, double longest) {
    double length = length(before, from, count);
    double scale = Math.min(1, longest / length);
    assertThat(length(after, from, count)).isLessThan(longest + 1e-5);
    for (int i = from; i < from + count; i++) {
      if (scale == 1) {
        assertThat(after[i]).isEqualTo(before[i]);
      } else {
        assertThat((double) after[i]).isCloseTo(before[i] * scale, within(1e-5));
      }
    }
  }

  private static double length(float[] values, int from, int count) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }

  private static float[] drawn(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double size = random.nextDouble(2);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (size * (random.nextDouble() - 0.5));
    }
    return values;
  }

  private static MultiLayerConfiguration limited(double ofFilters, double ofUnits) {
    return network(
        new ConvolutionLayer.Builder(3, 3)
            .nOut(FILTERS)
            .constrainWeights(new MaxNormConstraint(ofFilters, 1, 2, 3)),
        new DenseLayer.Builder().nOut(UNITS).constrainWeights(new MaxNormConstraint(ofUnits, 0)));
  }

  private static MultiLayerConfiguration network(
      ConvolutionLayer.Builder filters, DenseLayer.Builder units) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(filters.padding(1, 1).build())
        .layer(units.build())
        .layer(
            new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .nOut(5)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutionalFlat(5, 4, 2))
        .build();
  }
}
