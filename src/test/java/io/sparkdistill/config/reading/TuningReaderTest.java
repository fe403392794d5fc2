package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.ParameterConfig;
import io.sparkdistill.config.TuningConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tune is told to try. */
class TuningReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
      }
      """;

  @Test
  void defaultsVaryNothing() {
    TuningConfig tuning = load().config().tuning();
    assertThat(tuning.parameters()).isEmpty();
    assertThat(tuning.search()).isEqualTo(TuningConfig.Search.RANDOM);
    assertThat(tuning.halving()).isEqualTo(new TuningConfig.Halving(3, 0));
  }

  @Test
  void keysMayBeQuotedOrNestedAndAreInOrder() {
    List<ParameterConfig> parameters =
        load("tuning.parameters={ student { hidden = [[8], [16, 8]] },"
                + " \"objective.temperature\" = [1, 2.5],"
                + " training.updater.adam.learningRate { from = 0.001, to = 0.1, scale = log },"
                + " training.batchSize { from = 16, to = 64, numbers = whole } }")
            .config()
            .tuning()
            .parameters();
    assertThat(parameters)
        .containsExactly(
            new ParameterConfig.Choice("objective.temperature", List.of("1", "2.5")),
            new ParameterConfig.Choice("student.hidden", List.of("[8]", "[16,8]")),
            new ParameterConfig.Range(
                "training.batchSize",
                16,
                64,
                ParameterConfig.Scale.LINEAR,
                ParameterConfig.Numbers.WHOLE),
            new ParameterConfig.Range(
                "training.updater.adam.learningRate",
                0.001,
                0.1,
                ParameterConfig.Scale.LOG,
                ParameterConfig.Numbers.REAL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ objective.temprature = [1] } | objective.temprature (--set tuning.parameters): no such"
            + " key",
        "{ softTargets.codec = [float16] } | softTargets.codec (--set tuning.parameters): expected"
            + " a key that decides how a student is trained",
        "{ dataset.classes = [3] } | dataset.classes (--set tuning.parameters): expected a key that",
        "{ evaluation.baseline = [true] } | evaluation.baseline (--set tuning.parameters): expected"
            + " a key that",
        "{ tuning.seed = [1] } | tuning.seed (--set tuning.parameters): expected a key that",
        "{ training.validation.fraction = [0.1] } | training.validation.fraction (--set"
            + " tuning.parameters): expected a key that",
        "{ training.checkpoint.keep = [1] } | expected a key that",
        "{ training.cache = [disk] } | expected a key that",
        "{ training.transferSet.fraction = [0.1, 0.5] } | expected a key that",
        "{ objective.temperature = 4 } | expected a list such as [1, 2], or a range",
        "{ objective.temperature = [] } | expected a list of different values, at least one",
        "{ objective.temperature = [1, 1] } | expected a list of different values",
        "{ objective.temperature = { from = 4, to = 1 } } | expected from to be less than to, found"
            + " 4.0 and 1.0",
        "{ objective.temperature = { from = 1 } } | objective.temperature.to (test.conf): is"
            + " missing and has no default",
        "{ objective.temperature = { from = 0, to = 1, scale = log } } | expected from to be"
            + " greater than 0 where scale is log",
        "{ objective.temperature = { from = 1, to = 2, step = 1 } } | no such key, known here are"
            + " from, numbers, scale, to",
        "{ training.batchSize = { from = 1.5, to = 2, numbers = whole } } | expected whole numbers",
        "{ objective = [{ kind = dkd }], \"objective.temperature\" = [1] } | expected one of this and"
            + " objective, found both",
        "4 | tuning.parameters (--set tuning.parameters): expected a block",
      })
  void whatCannotBeVariedIsRefused(String parameters, String problem) {
    assertThatThrownBy(() -> load("tuning.parameters=" + parameters))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void gridsHaveListsAloneAndHalvingDecidesTheEpochs() {
    assertThatThrownBy(
            () ->
                load(
                    "tuning.search=grid",
                    "tuning.halving.minEpochs=2",
                    "tuning.parameters={ training.epochs = [1, 2],"
                        + " objective.temperature { from = 1, to = 2 } }"))
        .hasMessageContaining("it has 2 problems")
        .hasMessageContaining("expected a list, because tuning.search is grid, found a range")
        .hasMessageContaining("expected another key, because tuning.halving decides this one");
  }

  @Test
  void gridsHaveABound() {
    String values = String.join(",", IntStream.range(1, 102).mapToObj(String::valueOf).toList());
    assertThatThrownBy(
            () ->
                load(
                    "tuning.search=grid",
                    "tuning.parameters={ training.seed = ["
                        + values
                        + "], training.batchSize = ["
                        + values
                        + "] }"))
        .hasMessageContaining("expected at most 10000 combinations for a grid, found 10201");
  }

  @Test
  void problemsOfAllTrialsAreNamedAtOnceAndOnce() {
    GivenConfig given = load().given();
    assertThatThrownBy(
            () ->
                given.with(
                    List.of(
                        Map.of("objective.temperature", "0", "training.seed", "1"),
                        Map.of("objective.temperature", "0", "training.seed", "2"),
                        Map.of("student.activation", "\"step\""))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Cannot use configuration test.conf, it has 2 problems:")
        .hasMessageContaining(
            "objective.temperature (tuning.parameters): expected a number from 0.01 to 1000.0,"
                + " found 0")
        .hasMessageContaining("student.activation (tuning.parameters): expected one of relu");
  }

  @Test
  void valuesWinAndNamingAnUpdaterTakesTheOthersAway() {
    GivenConfig given = load("training.updater.adam.learningRate=0.5").given();
    List<DistillConfig> configs =
        given.with(
            List.of(
                Map.of("training.updater", "{\"sgd\":{\"learningRate\":0.25}}"),
                Map.of("student.hidden", "[7]")));
    assertThat(configs.get(0).training().updater()).isEqualTo(new UpdaterConfig.Sgd(0.25));
    assertThat(configs.get(1).student().hidden()).containsExactly(7);
    assertThat(configs.get(1).training().updater().learningRate()).isEqualTo(0.5);
  }

  @Test
  void textSaysTheSameAsTheConfigurationButForWhatIsTuned() {
    LoadedConfig loaded =
        load("tuning.parameters={ objective.temperature = [1, 2] }", "training.epochs=7");
    Map<String, String> values =
        Map.of(
            "objective", "{\"kind\":\"dkd\",\"beta\":8}", "training.updater.sgd.learningRate", "2");
    String text = loaded.given().text(values);

    DistillConfig again = ConfigLoader.fromText(text, "best.conf", List.of()).config();

    DistillConfig expected = loaded.given().with(List.of(values)).get(0);
    assertThat(text).doesNotContain("tuning");
    assertThat(again.tuning().parameters()).isEmpty();
    assertThat(again).usingRecursiveComparison().ignoringFields("tuning").isEqualTo(expected);
  }

  @Test
  void textNamesTheLinksThatWouldBeOthers() {
    LoadedConfig loaded =
        load(
            "chain=[{ name = big, student.hidden = [64] },"
                + " { name = small, student.hidden = [32], training.epochs = 9 }]");

    String text = loaded.given().text(Map.of("student.hidden", "[8]", "training.epochs", "5"));

    assertThat(text)
        .startsWith(
            "# Link big of the chain is trained anew with values that were tuned. For the teacher"
                + " that the student was tuned with, give it training.epochs = 20.\n")
        .doesNotContain("Link small");
    assertThat(ConfigLoader.fromText(text, "best.conf", List.of()).link("small").training())
        .isEqualTo(loaded.link("small").training());
  }

  @Test
  void textNamesALinkThatNamesAPartOfABlockThatWasTunedAsAWhole() {
    LoadedConfig loaded = load("chain=[{ name = assistant, objective { temperature = 2 } }]");

    String text = loaded.given().text(Map.of("objective", "{\"kind\":\"dkd\",\"beta\":8}"));

    assertThat(text)
        .startsWith(
            "# Link assistant of the chain is trained anew with values that were tuned. For the"
                + " teacher that the student was tuned with, give it objective.beta = null,"
                + " objective.kind = \"hinton\".\n");
    String heeded =
        "chain=[{ name = assistant, objective { temperature = 2 }, objective.beta = null,"
            + " objective.kind = \"hinton\" }]";
    assertThat(link("assistant", text)).isNotEqualTo(loaded.link("assistant"));
    assertThat(link("assistant", text, heeded)).isEqualTo(loaded.link("assistant"));
  }

  @Test
  void textSaysHowALinkKeepsItsUpdater() {
    LoadedConfig loaded = load("chain=[{ name = assistant, student.hidden = [64] }]");

    String text =
        loaded.given().text(Map.of("training.updater", "{\"sgd\":{\"learningRate\":0.25}}"));

    assertThat(text)
        .contains("training.updater.adam.learningRate = 0.001.\n")
        .doesNotContain("sgd.learningRate = null");
    String heeded =
        "chain=[{ name = assistant, student.hidden = [64],"
            + " training.updater.adam.learningRate = 0.001 }]";
    assertThat(link("assistant", text, heeded)).isEqualTo(loaded.link("assistant"));
  }

  @Test
  void textNamesNoLinkThatStaysTheSame() {
    LoadedConfig loaded =
        load(
            "chain=[{ name = own, student.model = net.json },"
                + " { name = same, student.hidden = [64] }]",
            "training.epochs=5");

    String text = loaded.given().text(Map.of("student.hidden", "[8]", "training.epochs", "5"));

    assertThat(text).doesNotContain("# Link");
    assertThat(link("own", text)).isEqualTo(loaded.link("own"));
    assertThat(link("same", text)).isEqualTo(loaded.link("same"));
  }

  private static DistillConfig link(String name, String text, String... overrides) {
    return ConfigLoader.fromText(text, "best.conf", List.of(overrides)).link(name);
  }

  @Test
  void textHasNoCredentials() {
    LoadedConfig loaded =
        load("output=s3a://user:hidden@bucket/out", "teachers=[{ onnx = \"s3a://a:hidden@b/t\" }]");
    assertThat(loaded.given().text(Map.of()))
        .doesNotContain("hidden")
        .startsWith(
            "# output has credentials in it: give it with --set.\n"
                + "# teachers has credentials in it: give it with --set.\n");
  }

  private static LoadedConfig load(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test.conf", List.of(overrides));
  }
}
