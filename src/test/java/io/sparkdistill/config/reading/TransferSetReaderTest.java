package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.TransferSetConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows a student is told to learn from. */
class TransferSetReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
      }
      """;

  @Test
  void defaultsAreAllRowsAndTellNoStudentFromAnother() {
    assertThat(transferSet()).isEqualTo(TransferSetConfig.all());
    assertThat(transferSet().leavesOut()).isFalse();
    assertThat(transferSet().choice()).isEmpty();
    assertThat(transferSet().matching()).isEmpty();
  }

  @Test
  void whatIsChosenAndWhatIsMatchedAreInputs() {
    TransferSetConfig some =
        transferSet(
            "training.transferSet.where=label <> 1",
            "training.transferSet.fraction=0.25",
            "training.transferSet.matchFrequencies=[2, 1]");
    assertThat(some)
        .isEqualTo(new TransferSetConfig(Optional.of("label <> 1"), 0.25, List.of(2, 1)));
    assertThat(some.leavesOut()).isTrue();
    assertThat(some.choice())
        .containsExactly(
            Map.entry("training.transferSet.fraction", "0.25"),
            Map.entry("training.transferSet.where", "label <> 1"));
    assertThat(some.matching())
        .containsExactly(Map.entry("training.transferSet.matchFrequencies", "1,2"));
  }

  @Test
  void linksOfAChainLearnFromAllRowsUnlessTheySayOtherwise() {
    LoadedConfig loaded =
        load(
            "chain=[{ name = a }, { name = b, training.transferSet.fraction = 0.5 }]",
            "training.transferSet.fraction=0.25");
    assertThat(loaded.link("a").training().transferSet()).isEqualTo(TransferSetConfig.all());
    assertThat(loaded.link("b").training().transferSet().fraction()).isEqualTo(0.5);
    assertThat(loaded.config().training().transferSet().fraction()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.transferSet.where='\"\"' | expected text, found nothing between the quotes",
        "training.transferSet.fraction=0 | expected a number from 1.0E-12 to 1.0, found 0",
        "training.transferSet.fraction=1.1 | expected a number from 1.0E-12 to 1.0, found 1.1",
        "training.transferSet.matchFrequencies=[3] | expected a whole number from 0 to 2, found 3",
        "training.transferSet.matchFrequencies=[1, 1] | expected a list of different classes such"
            + " as [7, 8], found [1, 1]",
        "training.transferSet.matchFrequencies=1 | expected a list of whole numbers",
      })
  void whatIsOutOfRangeIsRefused(String override, String problem) {
    assertThatThrownBy(() -> transferSet(override.replace("'", "")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void nothingIsSaidOfClassesWhoseNumberNobodyGave() {
    assertThatThrownBy(
            () ->
                transferSet("dataset.classes=many", "training.transferSet.matchFrequencies=[7, 8]"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has a problem:")
        .hasMessageContaining("dataset.classes (--set dataset.classes)");
  }

  private static TransferSetConfig transferSet(String... overrides) {
    return load(overrides).config().training().transferSet();
  }

  private static LoadedConfig load(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test.conf", List.of(overrides));
  }
}
