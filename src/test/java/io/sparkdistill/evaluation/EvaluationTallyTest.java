package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.evaluation.JudgedRows.Judged;
import io.sparkdistill.examples.SliceKey;
import io.sparkdistill.failure.BadInputException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sums over rows, against definitions that look at every row. */
class EvaluationTallyTest {
  private static final int CLASSES = 7;

  @Example
  void numbersAreTheirDefinitions() {
    List<Judged> rows = new JudgedRows(1, CLASSES).draw(300, 2);
    ModelTally tally = JudgedRows.tally(rows, 2).models().get(1);
    double brier = 0;
    double forward = 0;
    double reverse = 0;
    long amongFive = 0;
    long teacherErrors = 0;
    long shared = 0;
    for (Judged row : rows) {
      int label = row.row().target().label();
      double[] p = probabilities(row.answers().get(0));
      double[] q = probabilities(row.answers().get(1));
      long before = 0;
      for (int c = 0; c < CLASSES; c++) {
        brier += (q[c] - (c == label ? 1 : 0)) * (q[c] - (c == label ? 1 : 0));
        forward += p[c] * Math.log(p[c] / q[c]);
        reverse += q[c] * Math.log(q[c] / p[c]);
        before += q[c] > q[label] ? 1 : 0;
      }
      amongFive += before < 5 ? 1 : 0;
      int named = row.answers().get(0).predicted();
      teacherErrors += named == label ? 0 : 1;
      shared += named != label && row.answers().get(1).predicted() == named ? 1 : 0;
    }
    assertThat(tally.brier()).isCloseTo(brier / 300, within(1e-7));
    assertThat(tally.klToTeacher()).isCloseTo(forward / 300, within(1e-6));
    assertThat(tally.reverseKlToTeacher()).isCloseTo(reverse / 300, within(1e-6));
    assertThat(tally.top5Accuracy()).isCloseTo(amongFive / 300.0, within(1e-7));
    assertThat(tally.agreementOnTeacherErrors())
        .isCloseTo((double) shared / teacherErrors, within(1e-7));
  }

  @Example
  void calibrationErrorFollowsFromTheBins() {
    ModelTally tally = JudgedRows.tally(new JudgedRows(2, CLASSES).draw(400, 2), 2).models().get(1);
    double error = 0;
    long rows = 0;
    double right = 0;
    for (ReliabilityBin bin : tally.bins()) {
      assertThat(bin.confidence()).isBetween(bin.from(), bin.to());
      error += bin.rows() * Math.abs(bin.accuracy() - bin.confidence());
      rows += bin.rows();
      right += bin.rows() * bin.accuracy();
    }
    assertThat(rows).isEqualTo(400);
    assertThat(Math.round(right)).isEqualTo(400 - tally.errors());
    assertThat(tally.ece()).isCloseTo(error / 400, within(1e-6));
  }

  @Example
  void classesAndTheirMatrixTellTheSame() {
    List<Judged> rows = new JudgedRows(3, 3).draw(200, 2);
    ClassTally tally = JudgedRows.tally(rows, 2).classes().get(1);
    List<List<Long>> matrix = tally.matrix();
    for (ClassMetrics one : tally.metrics()) {
      int c = one.label();
      long named = matrix.stream().mapToLong(row -> row.get(c)).sum();
      long right = matrix.get(c).get(c);
      assertThat(one.rows()).isEqualTo(matrix.get(c).stream().mapToLong(Long::longValue).sum());
      assertThat(one.predicted()).isEqualTo(named);
      assertThat(one.recall()).isCloseTo((double) right / one.rows(), within(1e-7));
      assertThat(one.precision()).isCloseTo((double) right / named, within(1e-7));
      assertThat(one.f1())
          .isCloseTo(
              2 * one.precision() * one.recall() / (one.precision() + one.recall()), within(1e-7));
    }
  }

  @Example
  void classThatNobodyHasOrNamesHasNoPrecisionRecallAndF1() {
    assertThat(ClassMetrics.of(4, 0, 0, 0)).isEqualTo(new ClassMetrics(4, 0, 0, null, null, null));
    assertThat(ClassMetrics.of(4, 2, 0, 0)).isEqualTo(new ClassMetrics(4, 2, 0, null, 0.0, 0.0));
    assertThat(
            ClassTally.macroF1(List.of(ClassMetrics.of(0, 0, 0, 0), ClassMetrics.of(1, 2, 2, 2))))
        .hasValue(1);
  }

  @Example
  void moreThanAThousandClassesAreNotLookedAtOneByOne() {
    ClassTally tally = new ClassTally();
    tally.add(Answer.of(new float[1001]), 1000);
    assertThat(tally.metrics()).isEmpty();
    assertThat(tally.matrix()).isEmpty();
    ClassTally fewer = new ClassTally();
    fewer.add(Answer.of(new float[101]), 100);
    assertThat(fewer.metrics()).hasSize(101);
    assertThat(fewer.matrix()).isEmpty();
  }

  @Property(seed = "4", tries = 20)
  void talliesOfPartsAddUpToThatOfTheWhole(
      @ForAll @IntRange(max = 60) int first, @ForAll @IntRange(max = 60) int second) {
    List<Judged> rows = new JudgedRows(5, 4).draw(60, 3);
    int low = Math.min(first, second);
    int high = Math.max(first, second);
    EvaluationTally sum = new EvaluationTally(3, JudgedRows.EVERYTHING);
    for (List<Judged> part :
        List.of(rows.subList(0, low), rows.subList(low, high), rows.subList(high, 60))) {
      sum.addAll(JudgedRows.tally(part, 3));
    }
    EvaluationTally whole = JudgedRows.tally(rows, 3);
    assertThat(sum.outcomes()).containsExactly(whole.outcomes());
    assertThat(sum.gallery()).isEqualTo(whole.gallery());
    assertThat(sum.slices().keySet()).isEqualTo(whole.slices().keySet());
    for (int i = 0; i < 3; i++) {
      assertThat(sum.models().get(i).errors()).isEqualTo(whole.models().get(i).errors());
      assertThat(sum.models().get(i).bins()).isEqualTo(whole.models().get(i).bins());
      assertThat(sum.models().get(i).nll()).isEqualTo(whole.models().get(i).nll());
      assertThat(sum.models().get(i).klToTeacher()).isEqualTo(whole.models().get(i).klToTeacher());
      assertThat(sum.classes().get(i).matrix()).isEqualTo(whole.classes().get(i).matrix());
      assertThat(sum.temperatures().get(i).scaling())
          .isEqualTo(whole.temperatures().get(i).scaling());
      assertThat(sum.slices().get(JudgedRows.FIRST).get(i).rows()).isEqualTo(20);
    }
  }

  @Example
  void refusesMoreSlicesThanAnybodyReads() {
    EvaluationTally tally = new EvaluationTally(1, JudgePlan.plain(1));
    Judged row = new JudgedRows(6, 2).draw(1, 1).get(0);
    for (int i = 0; i < 1000; i++) {
      tally.add(sliced(row, i), row.answers());
    }
    assertThatThrownBy(() -> tally.add(sliced(row, 1000), row.answers()))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot judge slices of the test set, there are more than 1000, one of them: id = 1000."
                + " Take columns with many values out of evaluation.sliceBy.");
  }

  private static TestRow sliced(Judged row, int value) {
    return new TestRow(row.row().target(), List.of(new SliceKey(0, "id = " + value)));
  }

  private static double[] probabilities(Answer answer) {
    double[] p = new double[answer.logits().length];
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(answer.logits()[c]);
    }
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(value -> value / sum).toArray();
  }
}
