package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows may lack, and may have beside the rest. */
class DatasetReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [
          { name = a, onnx = "a.onnx" }
          { name = b, onnx = "b.onnx" }
        ]
      }
      """;

  @Test
  void rowsHaveALabelAndCountAlikeAsBeforeThereWereOthers() {
    DatasetConfig dataset = load().dataset();
    assertThat(dataset.hasUnlabelled()).isFalse();
    assertThat(dataset.weight()).isEmpty();
    assertThat(dataset.differences()).isEmpty();
  }

  @Test
  void whatTrainingRowsMayLackTestRowsMayNot() {
    DatasetConfig dataset =
        load("dataset.unlabelled=teacher-alone", "dataset.weight=often").dataset();
    assertThat(dataset.hasUnlabelled()).isTrue();
    assertThat(dataset.seenBy("pixels").differences())
        .containsEntry("unlabelled", "teacher-alone")
        .containsEntry("weight", "often")
        .hasSize(2);
    assertThat(dataset.judged().differences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "objective.kind=dkd | objective.kind (--set objective.kind): expected one that asks for no"
            + " label, because dataset.unlabelled is teacher-alone, found dkd",
        "objective.softWeightBy=correctness | expected none or confidence, because"
            + " dataset.unlabelled is teacher-alone, found correctness",
        "ensemble.combine=label | expected one that asks for no label, because dataset.unlabelled"
            + " is teacher-alone, found label",
      })
  void whatAsksForTheLabelIsRefusedWhereRowsHaveNone(String override, String problem) {
    assertThat(load(override)).isNotNull();
    assertThatThrownBy(() -> load(override, "dataset.unlabelled=teacher-alone"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  private static DistillConfig load(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test.conf", List.of(overrides)).config();
  }
}
