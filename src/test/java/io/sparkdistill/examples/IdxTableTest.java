package io.sparkdistill.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.Causes;
import io.sparkdistill.testing.IdxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of MNIST's format are rows, however they are split. */
class IdxTableTest {
  private static final int ROWS = 23;
  private static final int WIDTH = 6;

  private final byte[] pixels = new byte[ROWS * WIDTH];
  private final byte[] digits = new byte[ROWS];
  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void write() throws IOException {
    new Random(4).nextBytes(pixels);
    IntStream.range(0, ROWS).forEach(i -> digits[i] = (byte) (i % 10));
    images = folder.resolve("some-images-idx3-ubyte.gz");
    labels = folder.resolve("some-labels-idx1-ubyte.gz");
    IdxWriter.write(images, pixels, ROWS, 2, 3);
    IdxWriter.write(labels, digits, ROWS);
  }

  @Test
  void rowsAreThoseOfTheFilesHoweverSmallThePartitions() {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      for (int bytes : new int[] {1, 4 * WIDTH, 1 << 20}) {
        ExampleTable table = open(spark, bytes);
        assertThat(TableSplits.of(table)).isEmpty();
        assertThat(table.rows().rdd().getNumPartitions())
            .isEqualTo(
                Math.max(1, (int) Math.ceil((double) ROWS * WIDTH / Math.max(WIDTH, bytes))));
        List<Row> rows = table.rows().collectAsList();
        assertThat(rows).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
          assertThat(rows.get(i).getString(0)).isEqualTo(Integer.toString(i));
          assertThat(rows.get(i).getDouble(2)).isEqualTo(digits[i]);
          List<Float> features = rows.get(i).getList(1);
          for (int j = 0; j < WIDTH; j++) {
            assertThat(features.get(j)).isEqualTo((pixels[i * WIDTH + j] & 0xff) / 255f);
          }
        }
      }
    }
  }

  @Test
  void refusesLabelsThatAreNotAsMany() throws IOException {
    IdxWriter.write(labels, digits, ROWS - 1);
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      assertThatThrownBy(() -> open(spark, 1 << 20))
          .isInstanceOf(BadInputException.class)
          .hasMessageEndingWith(
              ", labels do not fit images: [22] and [23, 2, 3]. Give two files that belong"
                  + " together.");
    }
  }

  @Test
  void refusesNamesThatDoNotSayWhereLabelsAre() throws IOException {
    images = Files.move(images, folder.resolve("digits.gz"));
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      assertThatThrownBy(() -> open(spark, 1 << 20))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("digits.gz, its name does not say where its labels are.");
    }
  }

  @Test
  void refusesImagesWithoutLabels() throws IOException {
    Files.delete(labels);
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      assertThatThrownBy(() -> open(spark, 1 << 20))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(labels + " does not exist")
          .hasMessageEndingWith("Put the labels beside the images.");
    }
  }

  @Test
  void saysThatAFileEndsEarly() throws IOException {
    IdxWriter.write(images, Arrays.copyOf(pixels, pixels.length - 1), ROWS, 2, 3);
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      ExampleTable table = open(spark, 1 << 20);
      assertThatThrownBy(() -> table.rows().collectAsList())
          .satisfies(
              thrown ->
                  assertThat(Causes.first(thrown, BadInputException.class).orElseThrow())
                      .hasMessageEndingWith("The files end early or are damaged: get them again."));
    }
  }

  @Test
  void refusesOtherFormats() throws IOException {
    Files.write(images, Files.readAllBytes(labels));
    IdxWriter.write(labels, digits, ROWS);
    Files.writeString(folder.resolve("some-labels-idx1-ubyte"), "no bytes of an IDX file");
    images = Files.move(images, folder.resolve("some-images-idx3-ubyte"));
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      assertThatThrownBy(() -> open(spark, 1 << 20))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("it is no IDX file of unsigned bytes");
    }
  }

  private ExampleTable open(SparkSession spark, long bytes) {
    SourceConfig source = new SourceConfig.Files(images.toString(), SourceConfig.IDX);
    return new ExampleReader(
            TableSplits.session(spark, bytes),
            new DatasetConfig(source, source, "row", "pixels", "digit", 10))
        .open(source);
  }
}
