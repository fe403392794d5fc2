package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.HeadConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads are configurations of their own, of one student. */
class HeadsReaderTest {
  private static final String WHOLE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test }
        teachers = [{ onnx = teacher.onnx }]
        student.hidden = [4]
        objective.temperature = 3
        heads = [%s]
      }
      """;
  private static final String DIGIT = "{ name = digit, dataset { label = digit, classes = 10 } }";
  private static final String PARITY =
      "{ name = parity, weight = 0.5, dataset { label = parity, classes = 2 }, teachers = [],"
          + " objective.softWeight = 0 }";

  @Test
  void eachHeadIsTheWholeWithWhatItNames() {
    LoadedConfig loaded = load(DIGIT + "," + PARITY);

    assertThat(loaded.hasHeads()).isTrue();
    assertThat(loaded.headNames()).containsExactly("digit", "parity");
    assertThat(loaded.heads()).extracting(HeadConfig::weight).containsExactly(1.0, 0.5);
    DistillConfig digit = loaded.head("digit");
    DistillConfig parity = loaded.head("parity");
    assertThat(digit.output()).isEqualTo("out/heads/digit");
    assertThat(digit.dataset().label()).isEqualTo("digit");
    assertThat(digit.hasTeacher()).isTrue();
    assertThat(digit.objective().softWeight().from()).isEqualTo(0.9);
    assertThat(parity.output()).isEqualTo("out/heads/parity");
    assertThat(parity.dataset().classes()).isEqualTo(2);
    assertThat(parity.hasTeacher()).isFalse();
    assertThat(parity.objective().asksTeacher()).isFalse();
    assertThat(parity.objective().temperature().from()).isEqualTo(3);
    assertThat(parity.student()).isEqualTo(digit.student());
    assertThat(loaded.config().output()).isEqualTo("out");
    assertThat(loaded.effective())
        .extracting(EffectiveValue::key)
        .contains("heads", "student.hidden");
  }

  @Test
  void withoutHeadsThereAreNone() {
    LoadedConfig loaded =
        ConfigLoader.fromText(WHOLE.formatted(""), "main.conf", List.of("dataset.classes=3"));
    assertThat(loaded.hasHeads()).isFalse();
    assertThat(loaded.headNames()).isEmpty();
  }

  @Test
  void settingsOfTheCommandLineReachAllHeads() {
    LoadedConfig loaded =
        ConfigLoader.fromText(
            WHOLE.formatted(DIGIT + "," + PARITY),
            "main.conf",
            List.of("output=other", "training.seed=5"));
    assertThat(loaded.heads())
        .extracting(head -> head.config().training().seed())
        .containsExactly(5L, 5L);
    assertThat(loaded.head("parity").output()).isEqualTo("other/heads/parity");
    assertThat(
            ConfigLoader.fromText(
                    WHOLE.formatted(DIGIT), "main.conf", List.of("heads=[" + PARITY + "]"))
                .headNames())
        .containsExactly("parity");
  }

  @Test
  void namesAllProblemsOfAllHeadsAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    DIGIT
                        + ", { name = digit, dataset.classes = 2, teachers = [] },"
                        + " { name = \"Not this\", weight = 0, dataset.classes = 2,"
                        + " student.hidden = [3], training.epochs = 2, objective.temprature = 1 }"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "heads[1].name (main.conf:7): expected a name of its own, of a to z, 0 to 9 and -,"
                + " found \"digit\"")
        .hasMessageContaining(
            "heads[1].teachers (main.conf:7): expected a list of at least one teacher")
        .hasMessageContaining("heads[2].name (main.conf:7): expected a name of its own")
        .hasMessageContaining("heads[2].weight (main.conf:7): expected a number from 1.0E-12")
        .hasMessageContaining("heads[2].student (main.conf:7): no such key in a head")
        .hasMessageContaining("heads[2].training (main.conf:7): no such key in a head")
        .hasMessageContaining("heads[2].objective.temprature (main.conf:7): no such key, did you");
  }

  @Test
  void namesTheLineOfAKeyThatNoHeadCanHave() {
    assertThatThrownBy(
            () -> load("{ name = a\n dataset.classes = 2\n training.epochs = 2 }\n{ name = a }"))
        .hasMessageContaining("heads[0].training (main.conf:9): no such key in a head")
        .hasMessageContaining("heads[1].name (main.conf:10): expected a name of its own");
  }

  @Test
  void anObjectiveThatHearsNothingOfTwoClassesIsRefusedForTheHeadThatHasTwo() {
    assertThatThrownBy(
            () ->
                ConfigLoader.fromText(
                    WHOLE.formatted(DIGIT + ", { name = odd, dataset.classes = 2 }"),
                    "main.conf",
                    List.of("objective.standardise=true")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has a problem")
        .hasMessageContaining(
            "heads[1].objective.standardise (--set objective.standardise): expected false");
    assertThat(
            ConfigLoader.fromText(
                    WHOLE.formatted(DIGIT + "," + PARITY),
                    "main.conf",
                    List.of("objective.standardise=true"))
                .headNames())
        .hasSize(2);
  }

  @Test
  void saysOnceWhatIsWrongInWhatHeadsShare() {
    assertThatThrownBy(
            () ->
                ConfigLoader.fromText(
                    WHOLE.formatted("{ name = a }, { name = b }"), "main.conf", List.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has a problem:")
        .hasMessageContaining("  dataset.classes (main.conf): is missing and has no default")
        .hasMessageNotContainingAny("heads[");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chain=[{ name = a }] | chain (--set chain): expected none, because there are heads",
        "training.engine=dl4j-spark | training.engine (--set training.engine): expected rounds,"
            + " because there are heads, found dl4j-spark",
        "training.transferSet.fraction=0.5 | expected all rows, because there are heads, found"
            + " {training.transferSet.fraction=0.5}",
        "training.transferSet.matchFrequencies=[1] | training.transferSet.matchFrequencies (--set"
            + " training.transferSet.matchFrequencies): expected [], because there are heads",
        "compress.prune=0.5 | compress.prune (--set compress.prune): expected 0, because there are"
            + " heads, found 0.5",
        "release.publishTo=there | release.publishTo (--set release.publishTo): expected none,"
            + " because there are heads; each may have its own",
        "evaluation.incumbent=s.zip | evaluation.incumbent (--set evaluation.incumbent): expected"
            + " none, because there are heads; each may have its own",
        "ensemble.combine=random | heads[0].ensemble.combine (--set ensemble.combine): expected"
            + " another one, because there are heads, found random",
      })
  void refusesWhatHeadsCannotHave(String setting, String problem) {
    String taught =
        "{ name = digit, dataset.classes = 10, teachers = [{ name = a, onnx = a.onnx },"
            + " { name = b, onnx = b.onnx }] }";
    assertThatThrownBy(
            () ->
                ConfigLoader.fromText(
                    WHOLE.formatted(taught + "," + PARITY), "main.conf", List.of(setting)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesComparisonsOfLayersThatAllHeadsShare() {
    assertThatThrownBy(
            () ->
                load(
                    "{ name = digit, dataset.classes = 10, teachers = [{ onnx = t.onnx,"
                        + " intermediates = [fc7] }], objective.features = [{ kind = relational,"
                        + " teacher = fc7, layer = 1 }] }, "
                        + PARITY))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "heads[0].objective.features (main.conf:7): expected none, because there are heads,"
                + " found 1");
  }

  @Test
  void refusesOnePlaceForTheVersionsOfTwoHeads() {
    assertThatThrownBy(
            () ->
                load(
                    "{ name = a, dataset.classes = 2, release.publishTo = there },"
                        + " { name = b, dataset.classes = 2, release.publishTo = \"there/\" }"))
        .hasMessageContaining(
            "heads[1].release.publishTo (main.conf:7): expected another place than that of another"
                + " head, found 'there/'");
  }

  @Test
  void refusesAHeadThatDoesNotExist() {
    LoadedConfig loaded = load(DIGIT + "," + PARITY);
    assertThatThrownBy(() -> loaded.head("colour"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot use head colour, the student has no such head: [digit, parity]. Give one of"
                + " these.");
  }

  @Test
  void refusesHeadsThatAreNoBlocks() {
    assertThatThrownBy(
            () ->
                ConfigLoader.fromText(
                    WHOLE.formatted(""), "main.conf", List.of("heads=a", "dataset.classes=2")))
        .hasMessageContaining("heads (--set heads): expected a list of blocks");
    assertThatThrownBy(() -> load("a"))
        .hasMessageContaining("heads[0] (main.conf:7): expected a block such as");
  }

  private static LoadedConfig load(String heads) {
    return ConfigLoader.fromText(WHOLE.formatted(heads), "main.conf", List.of());
  }
}
