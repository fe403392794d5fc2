package io.sparkdistill.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.TransientException;
import java.io.File;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows come out of a file as they went in, and leave nothing behind. */
class RowFileTest {
  private static final int WIDTH = 300;
  private static final int CLASSES = 2;

  @TempDir private Path folder;

  @Test
  void everyRowIsReadWhereItIsCalledAndNoFileIsSeen() {
    int count = 2_500;
    try (RowFile file = RowFile.write(place(), rows(count))) {
      assertThat(folder).isEmptyDirectory();
      assertThat(file.rows()).isEqualTo(count);
      assertThat(file.width()).isEqualTo(WIDTH);
      assertThat(file.classes()).isEqualTo(CLASSES);
      float[] features = new float[2 * WIDTH];
      float[] targets = new float[2 * 2 * CLASSES];
      for (int row = count - 1; row >= 0; row--) {
        file.copy(row, 1, FloatBuffer.wrap(features), targets);
        assertThat(features[0]).isZero();
        assertThat(features[WIDTH]).isEqualTo(row);
        assertThat(features[2 * WIDTH - 1]).isEqualTo(row + WIDTH - 1);
        assertThat(targets).containsExactly(0, 0, 0, 0, row, 1, -row, 0.1f);
      }
    }
  }

  @Test
  void noRowsAreAnEmptyFile() {
    try (RowFile file = RowFile.write(place(), rows(0))) {
      assertThat(file.rows()).isZero();
      assertThat(file.all()).isExhausted();
    }
  }

  @Test
  void rowsThatComeByOnceAreLentUnderTheirNumbersAndNoneBeyondTheLastIsAskedFor() {
    Iterator<TrainingRow> rows = rows(100);
    StreamedRows stream = new StreamedRows(rows, this::place);
    List<Float> seen =
        stream.read(
            new int[] {40, 7, 40, 98},
            lent -> IntStream.of(98, 7, 40).mapToObj(row -> first(lent, row)).toList());
    assertThat(seen).containsExactly(98f, 7f, 40f);
    assertThat(rows.next().features()[0]).isEqualTo(99);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void folderThatIsNotThereIsNamed() {
    File place = folder.resolve("gone/rows").toFile();
    assertThatThrownBy(() -> RowFile.write(place, rows(1)))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Cannot keep training rows on a local disk, ")
        .hasMessageEndingWith(
            ": "
                + folder.resolve("gone")
                + ". Make room there, or let spark.local.dir name another folder.");
  }

  @Test
  void fileOfRowsThatFailIsGone() {
    Iterator<TrainingRow> failing =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public TrainingRow next() {
            throw new NoSuchElementException("the source failed");
          }
        };
    assertThatThrownBy(() -> RowFile.write(place(), failing)).hasMessage("the source failed");
    assertThat(folder).isEmptyDirectory();
  }

  private File place() {
    return folder.resolve("rows").toFile();
  }

  private static float first(Rows rows, int row) {
    float[] features = new float[WIDTH];
    rows.copy(row, 0, FloatBuffer.wrap(features), new float[2 * CLASSES]);
    return features[0];
  }

  private static Iterator<TrainingRow> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            row -> {
              float[] features = new float[WIDTH];
              for (int i = 0; i < WIDTH; i++) {
                features[i] = row + i;
              }
              return new TrainingRow(features, new float[] {row, 1, -row, 0.1f});
            })
        .iterator();
  }
}
