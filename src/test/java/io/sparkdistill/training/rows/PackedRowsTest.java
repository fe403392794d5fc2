package io.sparkdistill.training.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.softtargets.SoftTarget;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows come out of their blocks as they went in. */
class PackedRowsTest {
  private static final int WIDTH = 3;
  private static final int CLASSES = 2;

  @ParameterizedTest
  @ValueSource(ints = {1, 1023, 1024, 1025, 2048, 2500})
  void everyRowComesBackAcrossBlocks(int count) {
    PackedRows packed = packed(count);

    assertThat(packed.rows()).isEqualTo(count);
    assertThat(packed.width()).isEqualTo(WIDTH);
    assertThat(packed.classes()).isEqualTo(CLASSES);
    assertThat(packed.blocks()).hasSize((count + 1023) / 1024);
    for (int row = 0; row < count; row++) {
      float[] features = new float[WIDTH];
      float[] targets = new float[2 * CLASSES];
      packed.copy(row, 0, FloatBuffer.wrap(features), targets);
      assertThat(features).containsExactly(row, row + 0.25f, row + 0.5f);
      assertThat(targets).containsExactly(1 - row % 2, row % 2, -row, 2 * row);
    }
  }

  @Test
  void rowsAreCopiedToTheirPlaceInABatchAndNowhereElse() {
    PackedRows packed = packed(1500);
    float[] features = new float[3 * WIDTH];
    float[] targets = new float[3 * 2 * CLASSES];
    packed.copy(1024, 1, FloatBuffer.wrap(features), targets);
    assertThat(features).containsExactly(0, 0, 0, 1024, 1024.25f, 1024.5f, 0, 0, 0);
    assertThat(targets).containsExactly(0, 0, 0, 0, 1, 0, -1024, 2048, 0, 0, 0, 0);
  }

  @Test
  void noRowsAreNoBlocks() {
    PackedRows packed = packed(0);
    assertThat(packed.rows()).isZero();
    assertThat(packed.blocks()).isEmpty();
  }

  @Test
  void blocksOfVeryWideRowsHaveFewerOfThem() {
    assertThat(PackedRows.blockRows(784, 10, 0)).isEqualTo(1024);
    assertThat(PackedRows.blockRows(0, 0, 0)).isEqualTo(1024);
    assertThat(PackedRows.blockRows(10_000_000, 10, 0)).isEqualTo(6);
    assertThat(PackedRows.blockRows(10, 5_000_000, 0)).isEqualTo(6);
    assertThat(PackedRows.blockRows(10, 10, 100_000_000)).isEqualTo(1);
    int width = 70_000;
    PackedRows packed =
        PackedRows.of(
            IntStream.range(0, 1_000)
                .mapToObj(
                    row -> {
                      float[] features = new float[width];
                      features[width - 1] = row;
                      return new TrainingRow(features, new float[] {1, 0});
                    })
                .iterator());
    assertThat(packed.blocks()).hasSize(2);
    float[] features = new float[width];
    packed.copy(999, 0, FloatBuffer.wrap(features), new float[2]);
    assertThat(features[width - 1]).isEqualTo(999);
  }

  private static PackedRows packed(int count) {
    return PackedRows.of(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new SoftTarget(
                        "row-" + i,
                        0,
                        i % 2,
                        new float[] {i, i + 0.25f, i + 0.5f},
                        new float[] {-i, 2 * i}))
            .map(TrainingRow::of)
            .iterator());
  }
}
