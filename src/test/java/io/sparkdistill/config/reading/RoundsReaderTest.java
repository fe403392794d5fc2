package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.ValidationConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What this project's rounds can be told. */
class RoundsReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
      }
      """;

  @Test
  void defaultsAreClassicAveragingAndTellNoStudentFromAnother() {
    assertThat(rounds()).isEqualTo(RoundsConfig.classic());
    assertThat(rounds().differences()).isEmpty();
  }

  @Test
  void presetsGiveWhatIsNotGiven() {
    assertThat(rounds("training.outer.preset=slowmo").outer())
        .isEqualTo(new OuterConfig(1, 0.5, false));
    assertThat(rounds("training.outer.preset=diloco").outer())
        .isEqualTo(new OuterConfig(0.7, 0.9, true));
    assertThat(
            rounds(
                    "training.outer.preset=diloco",
                    "training.outer.momentum=0.8",
                    "training.outer.nesterov=false")
                .outer())
        .isEqualTo(new OuterConfig(0.7, 0.8, false));
    assertThat(rounds("training.outer.learningRate=0.5").outer())
        .isEqualTo(new OuterConfig(0.5, 0, false));
  }

  @Test
  void roundsAreOfANumberOfStepsOrGrowOrAreMeasured() {
    assertThat(period()).isEqualTo(new PeriodConfig.Fixed(20));
    assertThat(period("training.averageEvery=7")).isEqualTo(new PeriodConfig.Fixed(7));
    assertThat(period("training.averageEvery=auto")).isEqualTo(new PeriodConfig.Auto());
    assertThat(period("training.averageEvery={ from = 5, to = 100, growth = 1.5 }"))
        .isEqualTo(new PeriodConfig.Growing(5, 100, 1.5));
    assertThatThrownBy(() -> period("training.averageEvery=auto", "training.engine=dl4j-spark"))
        .hasMessageContaining(
            "training.averageEvery (--set training.averageEvery): expected a number, because the"
                + " engine is dl4j-spark, found auto");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.outer.preset=slowmo",
        "training.updaterState=local",
        "training.warmUpRounds=2",
        "training.shuffle=epoch",
        "training.validation.fraction=0.1",
        "training.clip.norm=5",
        "training.deadline=60",
        "training.localSteps=by-speed",
        "training.augmentation.shift=2"
      })
  void whatMakesAnotherStudentIsAnotherInputAndNothingForTheStockEngine(String override) {
    String key = override.replaceAll("\\.(preset|fraction|norm|shift)|=.*", "");
    assertThat(rounds(override).differences()).containsOnlyKeys(key);
    assertThatThrownBy(() -> rounds(override, "training.engine=dl4j-spark"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "training.engine (--set training.engine): expected rounds, because dl4j-spark can do"
                + " nothing of "
                + key
                + ", found dl4j-spark");
  }

  @Test
  void inputsChangeAsViewsDo() {
    assertThat(
            rounds(
                    "training.augmentation={ shift = 2, flip = true, noise = 0.5,"
                        + " image = [3, 8, 8] }")
                .differences())
        .containsExactly(
            Map.entry("training.augmentation", "shift 2, flip, noise 0.5, image [3, 8, 8]"));
    assertThat(rounds("training.augmentation.image=[8, 8]").differences()).isEmpty();
  }

  @Test
  void whereRowsAreMakesNoOtherStudentAndIsNoChoiceOfTheStockEngine() {
    assertThat(rounds("training.cache=disk").differences()).isEmpty();
    assertThatThrownBy(() -> rounds("training.cache=disk", "training.engine=dl4j-spark"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "training.cache (--set training.cache): expected memory, because the engine is"
                + " dl4j-spark, found disk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.outer.momentum=1 | expected a number from 0.0 to 0.9999999999999999, found 1",
        "training.outer.learningRate=11 | expected a number from 1.0E-12 to 10.0, found 11",
        "training.outer.preset=adam | expected one of average, slowmo, diloco, found 'adam'",
        "training.averageEvery={ from = 5 } | training.averageEvery.to",
        "training.averageEvery={ from = 5, too = 6 } | no such key, did you mean to?",
        "training.averageEvery={ from = 5, to = 4, growth = 2 } | whole number from 5 to 1000000",
        "training.averageEvery=0 | expected a whole number from 1 to 1000000, found 0",
        "training.validation.patience=3 | training.validation.patience (--set"
            + " training.validation.patience): expected 0, because training.validation.fraction is"
            + " 0, found 3",
        "training.validation.minDelta=0.1 | expected 0.0, because training.validation.fraction is 0,"
            + " found 0.1",
        "training.quorum=0.5 | training.quorum (--set training.quorum): expected 0.75, because"
            + " training.deadline is 0, found 0.5",
        "training.updaterState=none | expected one of average, reset, local, found 'none'",
      })
  void whatIsOutOfRangeIsRefused(String override, String problem) {
    assertThatThrownBy(() -> rounds(override))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void whatDecidesNothingMayBeTheDefaultAndIsNotBlamedForAnotherProblem() {
    assertThat(rounds("training.validation={ patience = 0, minDelta = 0 }", "training.quorum=0.75"))
        .isEqualTo(RoundsConfig.classic());
    assertThat(rounds("training.validation={ fraction = 0.1, patience = 3 }").validation())
        .isEqualTo(new ValidationConfig(0.1, 3, 0));
    assertThat(rounds("training.deadline=60", "training.quorum=0.5").patience())
        .isEqualTo(new RoundsConfig.Patience(60, 0.5));
    assertThatThrownBy(() -> rounds("training.validation={ fraction = many, patience = 3 }"))
        .hasMessageContaining("it has a problem:")
        .hasMessageContaining("expected a number from 0.0 to 0.9, found 'many'");
    assertThatThrownBy(() -> rounds("training.quorum=2"))
        .hasMessageContaining("it has a problem:")
        .hasMessageContaining("expected a number from 0.01 to 1.0, found 2");
  }

  private static RoundsConfig rounds(String... overrides) {
    return training(overrides).rounds();
  }

  private static PeriodConfig period(String... overrides) {
    return training(overrides).averageEvery();
  }

  private static TrainingConfig training(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test.conf", List.of(overrides)).config().training();
  }
}
