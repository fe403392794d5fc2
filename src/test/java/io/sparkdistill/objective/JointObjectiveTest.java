package io.sparkdistill.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;

/** Objectives of several heads, each of its own columns. */
class JointObjectiveTest {
  private static final int ROWS = 4;

  @Property(seed = "1", tries = 100)
  void oneHeadOfWeightOneIsItsObjectiveAlone(
      @ForAll LossCase loss, @ForAll @LongRange(min = 0, max = 1000) long seed) {
    Batches batch = new Batches(seed, 5);
    Objective alone = Rows.objective(loss.loss(), 3, 0.7);

    Result joint = batch.evaluate(new JointObjective(List.of(head("a", 5, 1, alone))));

    Result own = batch.evaluate(alone);
    assertThat(joint.sum()).isEqualTo(own.sum());
    assertThat(joint.gradient()).containsExactly(own.gradient());
    assertThat(joint.scores()).containsExactly(own.scores());
    assertThat(joint.terms().heads()).containsExactly(new HeadTerms("a", own.terms()));
    assertThat(joint.terms().soft()).isEqualTo(own.terms().soft());
    assertThat(joint.terms().hardSquares()).isEqualTo(own.terms().hardSquares());
    assertThat(joint.terms().rows()).isEqualTo(ROWS);
  }

  @Property(seed = "2", tries = 100)
  void headsTogetherAreTheSumOfHeadsApartTimesTheirWeights(
      @ForAll LossCase one,
      @ForAll LossCase other,
      @ForAll @IntRange(min = 2, max = 6) int classes,
      @ForAll @DoubleRange(min = 0.1, max = 10) double weight,
      @ForAll @LongRange(min = 0, max = 1000) long seed) {
    Batches left = new Batches(seed, classes);
    Batches right = new Batches(seed + 1, 4);
    Objective first = Rows.objective(one.loss(), 2, 0.4);
    Objective second = Rows.objective(other.loss(), 5, 0.9);

    Result joint =
        left.beside(right)
            .evaluate(
                new JointObjective(
                    List.of(head("a", classes, 1, first), head("b", 4, weight, second))));

    Result a = left.evaluate(first);
    Result b = right.evaluate(second);
    assertThat(joint.sum()).isCloseTo(a.sum() + weight * b.sum(), within(1e-9 * (1 + joint.sum())));
    int width = classes + 4;
    for (int row = 0; row < ROWS; row++) {
      assertThat(joint.scores()[row])
          .isCloseTo(a.scores()[row] + weight * b.scores()[row], within(1e-9 * (1 + joint.sum())));
      for (int i = 0; i < classes; i++) {
        assertThat(joint.gradient()[row * width + i]).isEqualTo(a.gradient()[row * classes + i]);
      }
      for (int i = 0; i < 4; i++) {
        assertThat(joint.gradient()[row * width + classes + i])
            .isEqualTo((float) (weight * b.gradient()[row * 4 + i]));
      }
    }
    Terms terms = joint.terms();
    assertThat(terms.soft() + terms.hard())
        .isCloseTo(joint.sum(), within(1e-9 * (1 + joint.sum())));
    assertThat(terms.heads()).extracting(HeadTerms::name).containsExactly("a", "b");
    assertThat(terms.heads().get(1).terms()).isEqualTo(b.terms());
  }

  @Property(seed = "3", tries = 50)
  void gradientIsTheSlopeOfTheValue(@ForAll @LongRange(min = 0, max = 1000) long seed) {
    Batches batch = new Batches(seed, 3).beside(new Batches(seed + 1, 2));
    JointObjective joint = digitAndParity();
    float[] gradient = batch.evaluate(joint).gradient();
    for (int i = 0; i < gradient.length; i++) {
      double distance = 1e-2;
      double slope =
          (batch.moved(i, distance).evaluate(joint).sum()
                  - batch.moved(i, -distance).evaluate(joint).sum())
              / (2 * distance);
      assertThat((double) gradient[i]).isCloseTo(slope, within(2e-2 * (1 + Math.abs(slope))));
    }
  }

  @Example
  void rowThatAHeadDoesNotKnowTeachesTheOthersAlone() {
    Batches batch = new Batches(1, 3).beside(new Batches(2, 2));
    for (int i = 0; i < 2; i++) {
      batch.targets()[3 + i] = 0;
      batch.targets()[5 + 3 + i] = 0;
    }

    Result found = batch.evaluate(digitAndParity());

    assertThat(found.gradient()[0]).isNotZero();
    assertThat(found.gradient()[3]).isZero();
    assertThat(found.gradient()[4]).isZero();
    assertThat(found.gradient()[5 + 3]).isNotZero();
  }

  @Example
  void termsOfSeveralWorkersAddUpByHead() {
    Terms one = new Batches(1, 3).beside(new Batches(2, 2)).evaluate(digitAndParity()).terms();
    Terms other = new Batches(3, 3).beside(new Batches(4, 2)).evaluate(digitAndParity()).terms();

    Terms sum = Terms.none().plus(one).plus(other);

    assertThat(sum.rows()).isEqualTo(2 * ROWS);
    assertThat(sum.soft()).isEqualTo(one.soft() + other.soft());
    assertThat(sum.heads().get(0))
        .isEqualTo(
            new HeadTerms("digit", one.heads().get(0).terms().plus(other.heads().get(0).terms())));
    assertThat(SerializationUtils.clone(sum)).isEqualTo(sum);
  }

  @Example
  void refusesAnotherNumberOfLogits() {
    Batches batch = new Batches(1, 4);
    JointObjective joint = digitAndParity();
    assertThatThrownBy(() -> batch.evaluate(joint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The heads have other logits than the student: 5 and 4");
  }

  @Example
  void survivesSerialization() {
    ObjectiveLoss loss = new ObjectiveLoss(digitAndParity());
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new OutputLayer.Builder(loss)
                    .nIn(3)
                    .nOut(5)
                    .activation(Activation.IDENTITY)
                    .build())
            .build();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    ObjectiveLoss found = (ObjectiveLoss) ((OutputLayer) read.getConf(0).getLayer()).getLossFn();
    assertThat(found.objective()).isEqualTo(loss.objective());
    assertThat(SerializationUtils.clone(loss).objective()).isEqualTo(loss.objective());
    assertThat(loss.objective().classes(5)).containsExactly(3, 2);
  }

  private static JointObjective digitAndParity() {
    return new JointObjective(
        List.of(
            head("digit", 3, 1, Rows.objective(new Hinton(), 3, 0.7)),
            head("parity", 2, 0.5, Rows.objective(new Hinton(), 1, 0))));
  }

  private static JointObjective.Head head(
      String name, int classes, double weight, Objective objective) {
    return new JointObjective.Head(name, classes, weight, objective);
  }

  /** What comes of a batch. */
  @SuppressWarnings("ArrayRecordComponent") // Compared number by number.
  private record Result(double sum, float[] gradient, double[] scores, Terms terms) {}

  /** Rows of a student's logits and of targets. */
  @SuppressWarnings("ArrayRecordComponent") // Made for one test.
  private record Batches(float[] logits, float[] targets, int classes) {
    Batches(long seed, int classes) {
      this(new float[ROWS * classes], new float[ROWS * 2 * classes], classes);
      Random random = new Random(seed);
      for (int row = 0; row < ROWS; row++) {
        targets[2 * row * classes + random.nextInt(classes)] = 1;
        for (int i = 0; i < classes; i++) {
          logits[row * classes + i] = (float) random.nextGaussian();
          targets[(2 * row + 1) * classes + i] = (float) (3 * random.nextGaussian());
        }
      }
    }

    Batches beside(Batches other) {
      int width = classes + other.classes;
      Batches both = new Batches(new float[ROWS * width], new float[ROWS * 2 * width], width);
      for (int row = 0; row < 2 * ROWS; row++) {
        System.arraycopy(targets, row * classes, both.targets, row * width, classes);
        System.arraycopy(
            other.targets, row * other.classes, both.targets, row * width + classes, other.classes);
      }
      for (int row = 0; row < ROWS; row++) {
        System.arraycopy(logits, row * classes, both.logits, row * width, classes);
        System.arraycopy(
            other.logits, row * other.classes, both.logits, row * width + classes, other.classes);
      }
      return both;
    }

    Batches moved(int place, double distance) {
      float[] moved = logits.clone();
      moved[place] += (float) distance;
      return new Batches(moved, targets, classes);
    }

    Result evaluate(Goal goal) {
      Evaluator evaluator = goal.evaluator();
      float[] gradient = new float[ROWS * classes];
      double sum = evaluator.evaluate(targets, logits, ROWS, classes, Evaluator.END, gradient);
      double[] scores = new double[ROWS];
      for (int row = 0; row < ROWS; row++) {
        scores[row] = evaluator.score(row);
      }
      return new Result(sum, gradient, scores, evaluator.terms());
    }
  }
}
