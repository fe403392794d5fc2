package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.examples.Example;
import io.sparkdistill.failure.IntegrityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Rows of several heads that lie side by side, sorted. */
class JoinedRowsTest {
  private static final HeadJoin JOIN = new HeadJoin(List.of("digit", "parity"), List.of(3, 2));

  @Test
  void targetsOfAllHeadsStandSideBySide() {
    List<JointRow> rows = rows(List.of(digit("x", 2, 7), parity("x", 1, 7)));

    assertThat(rows).hasSize(1);
    JointRow row = rows.get(0);
    assertThat(row.id()).isEqualTo("x");
    assertThat(row.features()).containsExactly(7);
    assertThat(row.targets()).containsExactly(0, 0, 0.5f, 0, 2, 10, 11, 12, 20, 21);
  }

  @Test
  void rowThatAHeadDoesNotHaveCountsNothingThere() {
    List<JointRow> rows = rows(List.of(digit("x", 0, 7), parity("y", 0, 8)));

    assertThat(rows).extracting(JointRow::id).containsExactly("x", "y");
    assertThat(rows.get(0).targets()).containsExactly(0.5f, 0, 0, 0, 0, 10, 11, 12, 0, 0);
    assertThat(rows.get(1).targets()).containsExactly(0, 0, 0, 2, 0, 0, 0, 0, 20, 21);
  }

  @Test
  void rowWithoutALabelHasItsWeightBelowZero() {
    assertThat(rows(List.of(parity("x", Example.UNLABELLED, 7))).get(0).targets())
        .containsExactly(0, 0, 0, -2, 0, 0, 0, 0, 20, 21);
  }

  @Test
  void refusesOtherFeaturesUnderOneId() {
    assertThatThrownBy(() -> rows(List.of(digit("x", 0, 7), parity("x", 0, 8))))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot join the rows of the heads, row 'x' has other features in head 'parity' than in"
                + " 'digit'. Give each head the same inputs under the same ids.");
  }

  @Test
  void refusesARowThatStandsTwice() {
    assertThatThrownBy(() -> rows(List.of(digit("x", 0, 7), digit("x", 0, 7))))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("row 'x' stands twice in head 'digit'");
  }

  private static List<JointRow> rows(List<Tuple2<AnswerKey, SoftTarget>> sorted) {
    List<JointRow> all = new ArrayList<>();
    new JoinedRows(JOIN, sorted.iterator()).forEachRemaining(all::add);
    return all;
  }

  private static Tuple2<AnswerKey, SoftTarget> digit(String id, int label, float feature) {
    return new Tuple2<>(
        new AnswerKey(id, 0, 0),
        new SoftTarget(id, 0, label, new float[] {feature}, new float[] {10, 11, 12}, 0.5f));
  }

  private static Tuple2<AnswerKey, SoftTarget> parity(String id, int label, float feature) {
    return new Tuple2<>(
        new AnswerKey(id, 0, 1),
        new SoftTarget(id, 0, label, new float[] {feature}, new float[] {20, 21}, 2));
  }
}
