package io.sparkdistill.objective;

import static io.sparkdistill.objective.Rows.objective;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.AdaptationConfig;
import io.sparkdistill.config.LossConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.ScheduleConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What losses have to do with each other, and with the configuration. */
class ObjectiveTest {
  private static final Rows ROWS =
      new Rows(
          new float[][] {{1, 2, -1, 0.5f}, {0, -2, 1, 1}, {3, 0, 0, 1}},
          new float[][] {{2, 4, 0, 1}, {-1, -3, 5, 1}, {0, 1, 2, 6}},
          new int[] {1, 2, 3});

  @Test
  void temperatureTakesHintonsLossToThatOfLogits() {
    assertThat(ROWS.loss(objective(new Hinton(), 1000, 1)))
        .isCloseTo(ROWS.loss(objective(new Logits(), 1, 1)), within(0.02));
  }

  @Test
  void divergenceOfJensenAndShannonIsAQuarterOfHintonsNearTheTeacher() {
    Rows near = ROWS.agreed().moved(0, 1, 0.05f);
    assertThat(near.loss(objective(new JensenShannon(), 2, 1)))
        .isCloseTo(near.loss(objective(new Hinton(), 2, 1)) / 4, within(1e-6));
  }

  @Test
  void divergenceOfJensenAndShannonIsBounded() {
    Rows opposed = Rows.of(new float[] {100, 0}, new float[] {0, 100}, 0);
    assertThat(opposed.loss(objective(new JensenShannon(), 2, 1)))
        .isCloseTo(4 * Math.log(2), within(1e-9));
  }

  @Test
  void partsOfDecoupledDistillationAddUpToHintons() {
    Rows row = Rows.of(ROWS.student(0), ROWS.teacher(0), 1);
    double p = Formulas.softmax(Formulas.doubles(row.teacher(0)), 4)[1];
    assertThat(row.loss(objective(new Decoupled(1, 1 - p), 4, 1)))
        .isCloseTo(row.loss(objective(new Hinton(), 4, 1)), within(1e-9));
  }

  @Test
  void drawsOfTheLabelAloneSayNothingAboutOtherClasses() {
    Rows drawn = Rows.of(new float[] {1, 2, -1}, new float[] {0, -4000, -4000}, 0);
    assertThat(drawn.loss(objective(new Decoupled(1, 8), 4, 1)))
        .isCloseTo(drawn.loss(objective(new Hinton(), 4, 1)), within(1e-9));
  }

  @Test
  void standardisedLogitsMayBeOfAnySize() {
    Objective objective = objective(new Standardised(new Hinton()), 2, 1);
    float[] twice = new float[4];
    for (int i = 0; i < 4; i++) {
      twice[i] = 2 * ROWS.student(0)[i] + 1;
    }
    assertThat(Rows.of(twice, ROWS.teacher(0), 1).loss(objective))
        .isCloseTo(Rows.of(ROWS.student(0), ROWS.teacher(0), 1).loss(objective), within(1e-3));
  }

  @Test
  void rankingAsksForTheOrderAndNotForDistances() {
    Objective objective = objective(new MarginRanking(1, 4), 1, 1);
    Rows inOrder = Rows.of(new float[] {3, 2, 1, 0}, new float[] {100, 0.3f, 0.2f, 0.1f}, 0);
    assertThat(inOrder.loss(objective)).isZero();
    assertThat(inOrder.gradient(objective)).containsOnly(0);
    Rows equal = Rows.of(new float[] {3, 2, 1, 0}, new float[] {1, 1, 1, 1}, 0);
    assertThat(equal.loss(objective)).isZero();
  }

  @Test
  void batchOfARowHasNoCorrelationAlongRows() {
    Rows row = Rows.of(ROWS.student(0), ROWS.teacher(0), 1);
    assertThat(row.gradient(objective(new Dist(1, 5), 2, 1)))
        .containsExactly(row.gradient(objective(new Dist(1, 0), 2, 1)));
  }

  @Test
  void rowsOfABatchShareWhatIsCorrelatedAlongIt() {
    Evaluator evaluator = objective(new Dist(1, 2), 2, 0.5).evaluator();
    double loss = evaluator.evaluate(ROWS.targets(), ROWS.logits(), 3, 4, 0, new float[12]);
    assertThat(evaluator.score(0) + evaluator.score(1) + evaluator.score(2))
        .isCloseTo(loss, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(LossCase.class)
  void labelsAloneDoNotDependOnTheTeacher(LossCase loss) {
    Objective labelsAlone = objective(loss.loss(), 3, 0);
    Rows silent = ROWS.withTeacher(new float[3][4]);
    Rows loud =
        ROWS.withTeacher(new float[][] {{1e4f, 0, 0, 0}, {-1e4f, 5, 0, 1}, {0, 0, 1e4f, 9}});
    for (Rows rows : List.of(silent, loud)) {
      assertThat(rows.loss(labelsAlone)).isEqualTo(ROWS.loss(labelsAlone));
      assertThat(rows.gradient(labelsAlone)).containsExactly(ROWS.gradient(labelsAlone));
    }
    assertThat(ROWS.loss(labelsAlone)).isCloseTo(Formulas.crossEntropy(ROWS), within(1e-9));
  }

  @Test
  void termsAddUpToTheLossAndTheirGradientsToItsOwn() {
    Evaluator evaluator = objective(new Hinton(), 2, 0.3).evaluator();
    float[] gradient = new float[12];
    double loss = evaluator.evaluate(ROWS.targets(), ROWS.logits(), 3, 4, 0, gradient);
    loss += evaluator.evaluate(ROWS.targets(), ROWS.logits(), 3, 4, 0, gradient);

    Terms terms = evaluator.terms();

    assertThat(terms.rows()).isEqualTo(6);
    assertThat(terms.soft() + terms.hard()).isCloseTo(loss, within(1e-9));
    assertThat(terms.hard()).isCloseTo(0.7 * 2 * Formulas.crossEntropy(ROWS), within(1e-9));
    assertThat(terms.softSquares()).isCloseTo(0.09 * 2 * squares(new Hinton(), 2, 1), within(1e-6));
    assertThat(terms.hardSquares()).isCloseTo(0.49 * 2 * squares(new Hinton(), 2, 0), within(1e-6));
    assertThat(evaluator.terms()).isEqualTo(Terms.none());
  }

  private static double squares(SoftLoss soft, double temperature, double softWeight) {
    double sum = 0;
    for (float slope : ROWS.gradient(objective(soft, temperature, softWeight))) {
      sum += slope * slope;
    }
    return sum;
  }

  @Test
  void smoothedLabelsAreAShareOfAllClasses() {
    ObjectiveConfig config =
        new ObjectiveConfig(
            new LossConfig.Plain(LossConfig.Kind.LABEL_SMOOTHING),
            false,
            ScheduleConfig.constant(4),
            ScheduleConfig.constant(0.1),
            AdaptationConfig.none(),
            ObjectiveConfig.Tail.CLASSES);
    double expected = 0;
    for (int row = 0; row < ROWS.count(); row++) {
      double[] q = Formulas.softmax(Formulas.doubles(ROWS.student(row)), 1);
      for (int i = 0; i < q.length; i++) {
        expected -= (0.1 / q.length + (i == ROWS.label(row) ? 0.9 : 0)) * Math.log(q[i]);
      }
    }
    assertThat(ROWS.loss(Objective.of(config, 1, 1))).isCloseTo(expected, within(1e-6));
  }

  @Test
  void onlyDistributionsHaveAGhost() {
    for (LossConfig.Kind kind :
        new LossConfig.Kind[] {LossConfig.Kind.HINTON, LossConfig.Kind.JENSEN_SHANNON}) {
      assertThat(ghost(new LossConfig.Plain(kind)).soft()).isInstanceOf(GhostTail.class);
    }
    assertThat(ghost(new LossConfig.Dkd(1, 8)).soft())
        .isEqualTo(new GhostTail(new Decoupled(1, 8)));
    assertThat(ghost(new LossConfig.Dist(1, 2)).soft()).isEqualTo(new Dist(1, 2));
    assertThat(ghost(new LossConfig.MarginRanking(1, 2)).soft()).isEqualTo(new MarginRanking(1, 2));
  }

  private static Objective ghost(LossConfig loss) {
    return Objective.of(
        new ObjectiveConfig(
            loss,
            false,
            ScheduleConfig.constant(4),
            ScheduleConfig.constant(0.9),
            AdaptationConfig.none(),
            ObjectiveConfig.Tail.GHOST),
        1,
        1);
  }

  @Test
  void schedulesGoFromTheFirstStepToTheLast() {
    Schedule linear =
        Schedule.of(
            new ScheduleConfig(ScheduleConfig.Shape.LINEAR, 8, 2, ScheduleConfig.By.STEP), 2, 4);
    assertThat(values(linear, 6)).containsExactly(8, 6, 4, 2, 2, 2);
    Schedule epochs =
        Schedule.of(
            new ScheduleConfig(ScheduleConfig.Shape.LINEAR, 8, 2, ScheduleConfig.By.EPOCH), 3, 6);
    assertThat(values(epochs, 7)).containsExactly(8, 8, 5, 5, 2, 2, 2);
    Schedule cosine =
        Schedule.of(
            new ScheduleConfig(ScheduleConfig.Shape.COSINE, 1, 0, ScheduleConfig.By.STEP), 1, 5);
    assertThat(values(cosine, 5))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
        .containsExactly(1, (1 + Math.sqrt(0.5)) / 2, 0.5, (1 - Math.sqrt(0.5)) / 2, 0);
    assertThat(cosine.at(Evaluator.END)).isCloseTo(0, within(1e-12));
    assertThat(Schedule.of(ScheduleConfig.constant(3), 1, 0).at(7)).isEqualTo(3);
  }

  private static double[] values(Schedule schedule, int steps) {
    double[] values = new double[steps];
    Arrays.setAll(values, schedule::at);
    return values;
  }
}
