package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CompressConfig;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.ExportConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What exports and compressed students can be told. */
class ExportReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
      }
      """;

  @Test
  void studentsAreExportedAndNotCompressedWhereNobodySaysAnything() {
    DistillConfig config = read();

    assertThat(config.export().onnx()).isTrue();
    assertThat(config.export().head()).isEqualTo(ExportConfig.Head.LOGITS);
    assertThat(config.export().timing().description()).isEqualTo("0.5 s, [1, 256]");
    assertThat(config.compress().prunes()).isFalse();
    assertThat(config.compress().quantises()).isFalse();
  }

  @Test
  void allOfItIsRead() {
    DistillConfig config =
        read(
            "export.softmax=true",
            "export.latency.seconds=0",
            "compress={prune=0.5,epochs=3,quantise=int8-dynamic,calibrationRows=9}");

    assertThat(config.export().head()).isEqualTo(ExportConfig.Head.PROBABILITIES);
    assertThat(config.export().timing().description()).isEqualTo("none");
    assertThat(config.compress())
        .isEqualTo(new CompressConfig(0.5, 3, CompressConfig.Quantise.INT8_DYNAMIC, 9));
    assertThat(config.compress().quantiseName()).isEqualTo("int8-dynamic");
    assertThat(config.compress().calibrates()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compress.prune=1 | expected a number from 0.0 to 0.99, found 1",
        "compress.quantise=int4 | expected one of none, int8, int8-dynamic, found 'int4'",
        "export.latency.batches=[0] | expected a whole number from 1 to 65536, found 0",
        "export.onnx=false,compress.quantise=int8 | expected none, because export.onnx is false,"
            + " found int8",
        "compress.prune=0.5,training.engine=dl4j-spark | expected 0, because the engine is"
            + " dl4j-spark, found 0.5",
        "compress.prune=0.5,student.hidden=[] | expected 0, because the student has no hidden units,"
            + " found 0.5",
      })
  void whatCannotBeIsRefused(String overrides, String problem) {
    assertThatThrownBy(() -> read(overrides.split(",", -1)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  private static DistillConfig read(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test", Arrays.asList(overrides)).config();
  }
}
