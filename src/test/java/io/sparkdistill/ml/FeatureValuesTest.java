package io.sparkdistill.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.BadInputException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Rows as Spark hands them out, as a student reads them. */
class FeatureValuesTest {
  private final FeatureValues values = new FeatureValues("column pixels", 3);

  @Test
  void vectorsAndArraysOfAnyNumbersAreReadAlike() {
    for (Object value :
        new Object[] {
          Vectors.dense(new double[] {1, 0, 2}),
          Vectors.sparse(3, new int[] {0, 2}, new double[] {1, 2}),
          seq(1f, 0f, 2f),
          seq(1d, 0d, 2d),
          seq((byte) 1, (byte) 0, (byte) 2),
          seq(1, 0, 2)
        }) {
      float[] rows = {9, 9, 9, 9, 9, 9};
      values.put(value, rows, 1);
      assertThat(rows).containsExactly(9, 9, 9, 1, 0, 2);
    }
  }

  static Stream<Arguments> badRows() {
    return Stream.of(
        Arguments.of(null, "it is null"),
        Arguments.of("text", "it is neither a vector nor an array"),
        Arguments.of(seq(1f, 2f), "it has 2 numbers and the student reads 3"),
        Arguments.of(Vectors.zeros(4), "it has 4 numbers and the student reads 3"),
        Arguments.of(seq(1f, null, 2f), "it has no number at position 1"),
        Arguments.of(seq(1f, 2f, Float.NaN), "it has NaN at position 2"),
        Arguments.of(seq(1d, 1e300, 0d), "it has Infinity at position 1"));
  }

  @ParameterizedTest
  @MethodSource("badRows")
  void whatIsNoRowIsRefused(Object value, String why) {
    assertThatThrownBy(() -> values.put(value, new float[3], 0))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot score a row by its column pixels, "
                + why
                + ". Correct the row, or leave it out.");
  }

  private static Seq<Object> seq(Object... numbers) {
    return JavaConverters.asScalaBuffer(Arrays.asList(numbers));
  }
}
