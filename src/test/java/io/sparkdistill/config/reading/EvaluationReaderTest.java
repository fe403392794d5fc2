package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.EvaluationConfig;
import io.sparkdistill.config.SlicesConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an evaluation can be told. */
class EvaluationReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
        chain = [{ name = first }, { name = second, evaluation.incumbent = own.zip }]
      }
      """;

  @Test
  void defaultsDecideNothingThatWasNotDecidedBefore() {
    EvaluationConfig evaluation = evaluation();
    assertThat(evaluation.differences()).isEmpty();
    assertThat(evaluation.slices()).isEqualTo(SlicesConfig.none());
    assertThat(evaluation.incumbent()).isEmpty();
  }

  @Test
  void whatDecidesTheResultIsNamed() {
    EvaluationConfig evaluation =
        evaluation(
            "evaluation.slices={ threes = \"label = 3\", \"a <b>\" = \"x > 1\" }",
            "evaluation.sliceBy=[country]",
            "evaluation.temperatureScaling=true",
            "evaluation.bootstrap.samples=10",
            "evaluation.predictions=true",
            "evaluation.gallery=0");
    assertThat(evaluation.slices().filters())
        .containsExactly(
            new SlicesConfig.Filter("a <b>", "x > 1"),
            new SlicesConfig.Filter("threes", "label = 3"));
    assertThat(evaluation.differences())
        .isEqualTo(
            Map.of(
                "evaluation.slices", "a <b>: x > 1\nthrees: label = 3\nby country",
                "evaluation.temperatureScaling", "true",
                "evaluation.bootstrap", "BootstrapConfig[samples=10, seed=1]",
                "evaluation.predictions", "true",
                "evaluation.gallery", "0"));
  }

  @Test
  void linksOfAChainHaveAnIncumbentOnlyOfTheirOwn() {
    LoadedConfig loaded = load("evaluation.incumbent=last.zip");
    assertThat(loaded.config().evaluation().incumbent()).contains("last.zip");
    assertThat(loaded.link("first").evaluation().incumbent()).isEmpty();
    assertThat(loaded.link("second").evaluation().incumbent()).contains("own.zip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluation.slices=[1] | evaluation.slices (--set evaluation.slices): expected a block such"
            + " as { threes = \"label = 3\" }",
        "evaluation.slices={ a = 3 } | evaluation.slices.a (--set evaluation.slices): expected a"
            + " name of at most 100 letters, and a condition of Spark SQL such as \"label = 3\"",
        "evaluation.slices={ a { b = c } } | evaluation.slices.a (--set evaluation.slices):"
            + " expected a name",
        "evaluation.slices={ a = \" \" } | expected a name of at most 100 letters",
        "evaluation.sliceBy=[a, a] | expected a list of different names",
        "evaluation.bootstrap.samples=10001 | expected a whole number from 0 to 10000, found 10001",
        "evaluation.gallery=-1 | expected a whole number from 0 to 1000, found -1",
        "evaluation.incumbent=[] | expected text, found a list",
      })
  void valuesOutOfRangeAreRefused(String override, String problem) {
    assertThatThrownBy(() -> load(override))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  private static EvaluationConfig evaluation(String... overrides) {
    return load(overrides).config().evaluation();
  }

  private static LoadedConfig load(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test.conf", List.of(overrides));
  }
}
