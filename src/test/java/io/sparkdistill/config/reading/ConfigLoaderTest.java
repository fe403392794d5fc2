package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wins over what, and where it is said to come from. */
class ConfigLoaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
      }
      """;

  @TempDir private Path folder;

  @Test
  void defaultsFillWhatIsNotGiven() {
    DistillConfig config = load(COMPLETE).config();
    assertThat(config.objective()).isEqualTo(new ObjectiveConfig(4, 0.9));
    assertThat(config.dataset().train()).isEqualTo(new SourceConfig.Files("train", "parquet"));
    assertThat(config.training().workers()).isEmpty();
    assertThat(config.training().engine()).isEqualTo(TrainingConfig.Engine.ROUNDS);
    assertThat(config.training().updater())
        .isEqualTo(new UpdaterConfig.Adam(0.001, 0.9, 0.999, 1e-8));
    assertThat(origin(load(COMPLETE), "objective.temperature")).isEqualTo("default");
  }

  @Test
  void includedFileIsReadWithItsOwnOrigin() throws IOException {
    write("base.conf", "distill.objective.temperature = 2\ndistill.training.epochs = 3\n");
    Path file =
        write("main.conf", "include \"base.conf\"\n" + COMPLETE + "distill.training.epochs = 5");

    LoadedConfig loaded = ConfigLoader.fromFile(file.toFile(), List.of());

    assertThat(loaded.config().objective().temperature().from()).isEqualTo(2);
    assertThat(loaded.config().training().epochs()).isEqualTo(5);
    assertThat(origin(loaded, "objective.temperature")).isEqualTo(folder + "/base.conf:1");
    assertThat(origin(loaded, "training.epochs")).isEqualTo(folder + "/main.conf:7");
  }

  @Test
  void aFileNamedAfterDefaultsHasValuesOfItsOwn() throws IOException {
    Path file = write("default.conf", COMPLETE + "distill.training.epochs = 5");

    LoadedConfig loaded = ConfigLoader.fromFile(file.toFile(), List.of());

    assertThat(origin(loaded, "training.epochs")).isEqualTo(file + ":6");
    assertThat(origin(loaded, "training.batchSize")).isEqualTo("default");
  }

  @Test
  void whatWasGivenIsNoDefaultWhateverThePlaceIsCalled() {
    String place = "hdfs://nn/user/default/x.conf";
    LoadedConfig loaded =
        ConfigLoader.fromText(
            COMPLETE + "distill.student.hidden = [4]\ndistill.student.hidden += 5",
            place,
            List.of("training.seed=7"));

    assertThat(origin(loaded, "output")).isEqualTo(place + ":2");
    assertThat(origin(loaded, "student.hidden")).startsWith(place);
    assertThat(origin(loaded, "training.seed")).isEqualTo("--set training.seed");
    assertThat(origin(loaded, "training.epochs")).isEqualTo("default");
    assertThatThrownBy(
            () -> ConfigLoader.fromText(COMPLETE, place, List.of("dataset.train.table=t")))
        .hasMessageContaining("dataset.train (--set dataset.train.table," + place + "): expected");
  }

  @Test
  void whatBelongsIntoTheBlockIsRefusedBesideItUnlessItIsMaterial() {
    assertThatThrownBy(() -> load("training.epochs = 5\n" + COMPLETE))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has a problem:\n  training (")
        .hasMessageContaining("stands outside of distill { }, where it means nothing\n");
    assertThatThrownBy(() -> load("heads = [{ name = digit }]\n" + COMPLETE))
        .hasMessageContaining("heads (");

    LoadedConfig material =
        load(
            "student { hidden = [4] }\nepochs = 7\n"
                + COMPLETE
                + "distill.student = ${student}\ndistill.training.epochs = ${epochs}");

    assertThat(material.config().student().hidden()).containsExactly(4);
    assertThat(material.config().training().epochs()).isEqualTo(7);
  }

  @Test
  void missingIncludedFileIsRefused() throws IOException {
    Path file = write("main.conf", "include required(\"nowhere.conf\")\n" + COMPLETE);
    assertThatThrownBy(() -> ConfigLoader.fromFile(file.toFile(), List.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Cannot read configuration " + file)
        .hasMessageContaining("nowhere.conf");
  }

  @Test
  void setWinsOverTheFileAndTheLastOfTwo() {
    LoadedConfig loaded =
        load(
            COMPLETE + "distill.objective.temperature = 2",
            "objective.temperature=3",
            "training.seed = 8",
            "objective.temperature=5");
    assertThat(loaded.config().objective().temperature().from()).isEqualTo(5);
    assertThat(loaded.config().training().seed()).isEqualTo(8);
    assertThat(origin(loaded, "objective.temperature")).isEqualTo("--set objective.temperature");
  }

  @Test
  void setTakesListsBlocksAndPlainText() {
    DistillConfig config =
        load(
                COMPLETE,
                "student.hidden=[8, 4]",
                "teachers=[{onnx=\"t.onnx\", input=pixels}]",
                "output=hdfs://host:8020/out",
                "dataset.id=name")
            .config();
    assertThat(config.student().hidden()).containsExactly(8, 4);
    assertThat(config.teachers().get(0).source())
        .isEqualTo(
            new TeacherSource.Onnx(
                "t.onnx", Optional.of("pixels"), Optional.empty(), AnswerKind.LOGITS, List.of()));
    assertThat(config.output()).isEqualTo("hdfs://host:8020/out");
    assertThat(config.dataset().id()).isEqualTo("name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/data//run", "/data/run#2", "run // two", "file:///data/run", "/data/[x]"})
  void setTakesTextThatHoconWouldCutAtAComment(String output) {
    assertThat(load(COMPLETE, "output=" + output).config().output()).isEqualTo(output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"y[0]", "null", "/data/x,", "a \"b\"", "${x}", "true", "#"})
  void settingIsATextWhateverStandsInIt(String text) {
    LoadedConfig loaded = load(COMPLETE, ConfigLoader.setting("output", text));
    assertThat(loaded.config().output()).isEqualTo(text);
  }

  @Test
  void fileMayReferToWhatIsSet() {
    LoadedConfig loaded =
        load(COMPLETE + "distill.dataset.id = ${distill.output}-id", "output=other");
    assertThat(loaded.config().dataset().id()).isEqualTo("other-id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"objective.temperature", "=3", ""})
  void setWithoutKeyOrValueIsRefused(String set) {
    assertThatThrownBy(() -> load(COMPLETE, set))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Cannot read --set " + set)
        .hasMessageContaining("Write --set key=value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b=3", ".a=3", "a.=3", "a b\"=3", "$x=1"})
  void setOfWhatIsNoKeyIsRefused(String set) {
    assertThatThrownBy(() -> load(COMPLETE, set))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Write --set key=value");
  }

  @Test
  void namingAnUpdaterTakesTheDefaultOneAway() {
    assertThat(load(COMPLETE + "distill.training.updater.sgd.learningRate = 0.5").config())
        .extracting(config -> config.training().updater())
        .isEqualTo(new UpdaterConfig.Sgd(0.5));
    assertThat(load(COMPLETE + "distill.training.updater.nesterovs {}").config())
        .extracting(config -> config.training().updater())
        .isEqualTo(new UpdaterConfig.Nesterovs(0.1, 0.9));
  }

  @Test
  void settingAnUpdaterTakesThatOfTheFileAway() {
    String file = COMPLETE + "distill.training.updater.adam { learningRate = 0.01 }";
    assertThat(load(file, "training.updater.sgd.learningRate=0.5").config().training().updater())
        .isEqualTo(new UpdaterConfig.Sgd(0.5));
    assertThat(load(file, "training.updater.adam.beta1=0.8").config().training().updater())
        .isEqualTo(new UpdaterConfig.Adam(0.01, 0.8, 0.999, 1e-8));
  }

  @Test
  void settingAnUpdaterWorksWhereTheFileTakesItsOwnFromElsewhere() {
    String file =
        "base { updater { adam { learningRate = 0.01 } } }\n"
            + COMPLETE
            + "distill.training = ${base} { epochs = 2 }";
    assertThat(load(file).config().training().updater())
        .isEqualTo(new UpdaterConfig.Adam(0.01, 0.9, 0.999, 1e-8));
    assertThat(load(file, "training.updater.sgd.learningRate=0.5").config().training().updater())
        .isEqualTo(new UpdaterConfig.Sgd(0.5));
  }

  @Test
  void twoUpdatersInOneFileAreRefused() {
    assertThatThrownBy(() -> load(COMPLETE + "distill.training.updater { sgd {}, adam {} }"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("expected exactly one of adam, nesterovs and sgd, found 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topk", "sampled"})
  void codecOfAnotherTemperatureThanTheObjectivesIsRefused(String codec) {
    String text = COMPLETE + "distill.softTargets { codec = " + codec + ", topK = 2 }\n";
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "softTargets.temperature (default): expected 4.0 as objective.temperature, because"
                + " codec "
                + codec
                + " serves one temperature only, found 1.0");
    assertThat(load(text, "softTargets.temperature=4").config().softTargets().temperature())
        .isEqualTo(4);
    assertThat(load(text, "objective.softWeight=0").config().softTargets().temperature())
        .isEqualTo(1);
  }

  @Test
  void topKOfAllClassesIsRefused() {
    String text = COMPLETE + "distill.objective.temperature = 1\n";
    assertThatThrownBy(() -> load(text, "softTargets.codec=topk", "softTargets.topK=3"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "softTargets.topK (--set softTargets.topK): expected less than dataset.classes, which"
                + " is 3, found 3");
    assertThat(load(text, "softTargets.topK=3").config().softTargets().topK()).isEqualTo(3);
  }

  @Test
  void nothingIsSaidAboutAValueThatStandsInForAWrongOne() {
    assertThatThrownBy(() -> load(COMPLETE, "softTargets.codec=topk", "objective.temperature=warm"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("objective.temperature")
        .hasMessageContaining("softTargets.topK")
        .hasMessageNotContaining("softTargets.temperature");
  }

  /** OMP_NUM_THREADS is 1 in every test of this build. */
  @Test
  void environmentIsSubstituted() {
    LoadedConfig loaded =
        load(
            COMPLETE
                + "distill.training.epochs = ${OMP_NUM_THREADS}\n"
                + "distill.training.batchSize = 7\n"
                + "distill.training.batchSize = ${?NOT_SET_ANYWHERE}\n");
    assertThat(loaded.config().training().epochs()).isEqualTo(1);
    assertThat(loaded.config().training().batchSize()).isEqualTo(7);
    assertThat(origin(loaded, "training.epochs")).isEqualTo("env variables");
  }

  @Test
  void environmentThatIsNotSetIsRefused() {
    assertThatThrownBy(() -> load(COMPLETE + "distill.output = ${NOT_SET_ANYWHERE}"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("NOT_SET_ANYWHERE");
  }

  @Test
  void tableInsteadOfAPath() {
    DistillConfig config =
        load(COMPLETE + "distill.dataset.train { path = null, table = db.digits }").config();
    assertThat(config.dataset().train()).isEqualTo(new SourceConfig.Table("db.digits"));
    assertThatThrownBy(() -> load(COMPLETE + "distill.dataset.train.table = db.digits"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("expected exactly one of path and table, found both");
  }

  @Test
  void brokenFileIsRefusedWithItsLine() {
    assertThatThrownBy(() -> load("distill {\n output = \n"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Cannot read configuration test.conf, it is no valid HOCON");
  }

  @Test
  void emptyFileNamesAllThatIsRequired() {
    assertThatThrownBy(() -> load(""))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("output (test.conf): is missing and has no default")
        .hasMessageContaining("dataset.train")
        .hasMessageContaining("dataset.test")
        .hasMessageContaining("dataset.classes")
        .hasMessageContaining("teachers");
  }

  @Test
  void secretsAreMaskedInWhatIsShown() {
    LoadedConfig loaded = load(COMPLETE, "output=\"s3a://key:s3cret@bucket/out\"");
    assertThat(loaded.config().output()).isEqualTo("s3a://key:s3cret@bucket/out");
    assertThat(loaded.effective().toString()).contains("***@bucket").doesNotContain("s3cret");
  }

  private static String origin(LoadedConfig loaded, String key) {
    return loaded.effective().stream()
        .filter(value -> value.key().equals(key))
        .map(EffectiveValue::origin)
        .findFirst()
        .orElseThrow();
  }

  private static LoadedConfig load(String text, String... overrides) {
    return ConfigLoader.fromText(text, "test.conf", List.of(overrides));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
