package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.EnsembleConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.teacher.Combination;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Answers of several teachers that lie side by side, sorted. */
class CombinedRowsTest {
  private static final TeacherConfig TEACHER =
      new TeacherConfig(
          "teachers[0]", Optional.empty(), new TeacherSource.Dl4j("s.zip"), "f", 1, List.of());
  private static final AnswerJoin JOIN =
      new AnswerJoin(
          List.of("a", "b"),
          1,
          Combination.ofTraining(
              new EnsembleConfig(EnsembleConfig.Combine.LOGITS), List.of(TEACHER, TEACHER), 2));

  @Test
  void eachViewHasOneAnswerAndTheInputsOfTheTeacherThatSeesWhatTheStudentSees() {
    List<SoftTarget> rows =
        rows(
            List.of(
                answer("x", 0, 0, 0),
                answer("x", 0, 1, 0),
                answer("x", 1, 0, 0),
                answer("x", 1, 1, 0)));

    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).view()).isEqualTo(1);
    assertThat(rows.get(0).features()).containsExactly(1);
    assertThat(rows.get(0).logits()).containsExactly(0, -0.5f);
    assertThat(rows.get(0).tensors()).hasDimensions(2, 1);
    assertThat(rows.get(0).tensors()[1]).containsExactly(7);
  }

  @Test
  void refusesARowThatOneTeacherDidNotAnswer() {
    refused(
        "has an answer of 'a' and none of 'b'",
        List.of(answer("x", 0, 0, 0), answer("y", 0, 0, 0)));
    refused("has an answer of 'b' and none of 'a'", List.of(answer("x", 0, 1, 0)));
    refused("has an answer of 'a' and none of 'b'", List.of(answer("x", 0, 0, 0)));
  }

  @Test
  void refusesLabelsThatDiffer() {
    refused(
        "has label 0 with 'a' and 1 with 'b'", List.of(answer("x", 0, 0, 0), answer("x", 0, 1, 1)));
  }

  @Test
  void refusesARowThatATeacherAnsweredTwice() {
    refused(
        "has several answers of 'b'",
        List.of(answer("x", 0, 0, 0), answer("x", 0, 1, 0), answer("x", 0, 1, 0)));
  }

  private static void refused(String why, List<Tuple2<AnswerKey, SoftTarget>> sorted) {
    assertThatThrownBy(() -> rows(sorted))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot combine what the teachers say, row 'x' "
                + why
                + ". Run label; correct what one of them has set aside.");
  }

  private static List<SoftTarget> rows(List<Tuple2<AnswerKey, SoftTarget>> sorted) {
    Iterator<SoftTarget> rows = new CombinedRows(JOIN, sorted.iterator());
    List<SoftTarget> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    return all;
  }

  private static Tuple2<AnswerKey, SoftTarget> answer(String id, int view, int teacher, int label) {
    return new Tuple2<>(
        new AnswerKey(id, view, teacher),
        new SoftTarget(
            id,
            view,
            label,
            new float[] {teacher},
            new float[] {5, 5 - teacher},
            1,
            new float[][] {{6 + teacher}}));
  }
}
