package io.sparkdistill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.AnswerKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows may lack, and what their weight may be. */
class RowCheckTest {
  private static final RowRules BOTH = new RowRules(true, true);
  private static final float[] FEATURES = {1, 2};

  @Test
  void rowWithoutALabelIsBadUnlessRowsMayLackIt() {
    InternalRow row = row(null, 1.0);
    assertThat(problems(RowRules.usual(), AnswerKind.NONE, row)).containsExactly("has no label");
    Example example = good(BOTH, AnswerKind.NONE, row);
    assertThat(example.isLabelled()).isFalse();
    assertThat(example.label()).isEqualTo(Example.UNLABELLED);
    assertThat(problems(BOTH, AnswerKind.NONE, row(3.0, 1.0)))
        .containsExactly("has label 3, which is not from 0 to 2");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2.5, 2.5", "3.4e38, 3.4e38", "1e-60, 0"})
  void weightIsAnyNumberThatIsNotNegative(double weight, float expected) {
    assertThat(good(BOTH, AnswerKind.NONE, row(2.0, weight)).weight()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"-0.5", "NaN", "Infinity", "-Infinity", "1e39"})
  void otherWeightsMakeBadRows(double weight) {
    assertThat(problems(BOTH, AnswerKind.NONE, row(2.0, weight)))
        .containsExactly("has weight " + weight + ", which is not from 0 to 3.4028235E38");
  }

  @Test
  void rowWithoutAWeightIsBadWhereRowsHaveOne() {
    assertThat(problems(BOTH, AnswerKind.NONE, row(2.0, null))).containsExactly("has no weight");
    Example uncounted = good(RowRules.usual(), AnswerKind.NONE, row(2.0, null));
    assertThat(uncounted.weight()).isEqualTo(1);
  }

  @Test
  void weightStandsBehindTheTeachersAnswer() {
    UnsafeArrayData answer = UnsafeArrayData.fromPrimitiveArray(new float[] {4, 5, 6});
    InternalRow row =
        new GenericInternalRow(
            new Object[] {
              UTF8String.fromString("a"),
              UnsafeArrayData.fromPrimitiveArray(FEATURES),
              1.0,
              answer,
              0.25
            });
    Example example = good(BOTH, AnswerKind.LOGITS, row);
    assertThat(example.answer()).containsExactly(4, 5, 6);
    assertThat(example.weight()).isEqualTo(0.25f);
  }

  @Test
  void weightIsAPartOfTheRowUnlessItIsOne() {
    ExampleDigest digest = new ExampleDigest();
    byte[] input = digest.ofInput(FEATURES);
    Example plain = new Example("a", 1, FEATURES);
    byte[] known = digest.ofExample(plain, input);
    assertThat(digest.ofExample(weighted(1), input)).isEqualTo(known);
    assertThat(digest.ofExample(weighted(2), input)).isNotEqualTo(known);
    assertThat(digest.ofExample(weighted(0), input))
        .isNotEqualTo(known)
        .isNotEqualTo(digest.ofExample(weighted(2), input));
  }

  @Test
  void rowIsShownWithItsWeight() {
    assertThat(weighted(2).shown(new float[] {7}).weight()).isEqualTo(2);
    assertThat(BadRow.of(new Example("a", Example.UNLABELLED, FEATURES), "is odd").label())
        .isEmpty();
  }

  private static Example weighted(float weight) {
    return new Example("a", 1, FEATURES, new float[0], weight);
  }

  private static InternalRow row(Double label, Double weight) {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString("a"), UnsafeArrayData.fromPrimitiveArray(FEATURES), label, weight
        });
  }

  private static Example good(RowRules rules, AnswerKind answers, InternalRow row) {
    List<Example> good = new ArrayList<>();
    RowCheck.of(3, 2, answers, rules).read(row, good::add, problem -> {});
    assertThat(good).hasSize(1);
    return good.get(0);
  }

  private static List<String> problems(RowRules rules, AnswerKind answers, InternalRow row) {
    List<String> problems = new ArrayList<>();
    RowCheck.of(3, 2, answers, rules).read(row, example -> {}, problems::add);
    return problems;
  }
}
