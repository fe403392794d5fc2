package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Floats;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.softtargets.codec.CodecNames;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.softtargets.codec.PackedCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache's logits in Spark SQL and from Java. */
class SoftTargetFunctionsTest {
  private static final int CLASSES = 20;
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    SoftTargetFunctions.register(spark);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "int8", "topk(3) at 0.5", "sampled(8) at 1.0E-2"})
  void sqlReadsEveryCodec(String description) {
    LogitCodec codec = CodecNames.parse(description, CLASSES);
    assertThat(codec.description()).isEqualTo(description.replace("1.0E-2", "0.01"));
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      rows.add(CellRows.gaussian(CLASSES, i));
    }
    Path place = folder.resolve("cache.parquet");
    CellRows.write(place, codec, rows);

    List<Row> read =
        spark
            .sql(
                "SELECT distill_logits(logits, '"
                    + description
                    + "', "
                    + CLASSES
                    + ") FROM parquet.`"
                    + place
                    + "` ORDER BY id")
            .collectAsList();

    assertThat(read).hasSize(9);
    for (int i = 0; i < 9; i++) {
      float[] logits = CellRows.gaussian(CLASSES, i);
      float[] expected =
          codec instanceof PackedCodec packed ? packed.unpack(packed.pack(logits, i)) : logits;
      assertThat(Floats.toArray(read.get(i).<Float>getList(0))).containsExactly(expected);
    }
  }

  @Test
  void sqlGivesNullForNull() {
    assertThat(first("distill_logits(CAST(NULL AS BINARY), 'int8', 1)").isNullAt(0)).isTrue();
    assertThat(first("distill_logits(X'0000', 'int8', NULL)").isNullAt(0)).isTrue();
  }

  @Test
  void sqlRefusesWhatDoesNotFit() {
    assertThatThrownBy(() -> first("distill_logits(X'0000', 'float16', 3)"))
        .hasRootCauseInstanceOf(IntegrityException.class)
        .rootCause()
        .hasMessageContaining("it has 2 bytes instead of 6");
    assertThatThrownBy(() -> first("distill_logits(array(1f, 2f), 'float16', 2)"))
        .hasRootCauseInstanceOf(IntegrityException.class)
        .rootCause()
        .hasMessage(
            "Cannot read a cell of logits, it is none of codec float16 for 2 classes: it is an"
                + " array. Name the codec and the classes that its manifest names, or make the"
                + " cache again.");
    assertThatThrownBy(() -> first("distill_logits(X'0000', 'float32', 3)"))
        .hasRootCauseInstanceOf(InvalidConfigurationException.class)
        .rootCause()
        .hasMessage(
            "Cannot read bytes as logits, the codec stores arrays: float32. Name the codec that the"
                + " cache's manifest names.");
    assertThatThrownBy(() -> first("distill_intermediate(X'003C00')"))
        .hasRootCauseInstanceOf(IntegrityException.class)
        .rootCause()
        .hasMessage(
            "Cannot read a cell of half-precision numbers, one of them has a byte alone: 3 bytes."
                + " Give a column of inner tensors, or make the cache again.");
  }

  @Test
  void javaDecodesACell() {
    assertThat(SoftTargetFunctions.decode(new byte[] {0, 0, 0, (byte) 0xc0}, "float16", 2))
        .containsExactly(0, -2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float8",
        "TOPK(3) at 1.0",
        "topk(3)",
        "topk(3) at -1.0",
        "topk(3) at 0.0",
        "topk(3) at 1E999",
        "topk(3) at 1-1",
        "topk(20) at 1.0",
        "topk(0) at 1.0",
        "topk(9999999) at 1.0",
        "sampled(0) at 1.0",
        "sampled() at 1.0",
        ""
      })
  void descriptionsOfNoCodecAreRefused(String description) {
    assertThatThrownBy(() -> SoftTargetFunctions.decode(new byte[0], description, CLASSES))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Cannot read logits stored as '" + description + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void thereMustBeAClass(int classes) {
    assertThatThrownBy(() -> SoftTargetFunctions.decode(new byte[2], "int8", classes))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("there must be a class: " + classes);
  }

  private static Row first(String expression) {
    return spark.sql("SELECT " + expression + " FROM range(1)").head();
  }
}
