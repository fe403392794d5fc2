package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.testing.FaultyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that are given as Hadoop URIs. */
class RemoteConfTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
      }
      """;

  @TempDir private Path folder;
  private FaultyStore store;

  @BeforeEach
  void create() throws IOException {
    store = FaultyStore.of(FaultyStore.STORE, Files.createDirectory(folder.resolve("faults")));
  }

  @Test
  void whatItIncludesIsReadBesideIt() throws IOException {
    write("parts/more.conf", "distill.training.seed = 8");
    write("parts/base.conf", "include \"more.conf\"\ndistill.objective.temperature = 2\n");
    Path main =
        write(
            "main.conf",
            "include required(\"parts/base.conf\")\ninclude \"none.conf\"\n"
                + COMPLETE
                + "distill.training.epochs = 5");

    LoadedConfig loaded = load(main);

    assertThat(loaded.config().objective().temperature().from()).isEqualTo(2);
    assertThat(loaded.config().training().seed()).isEqualTo(8);
    assertThat(loaded.config().training().epochs()).isEqualTo(5);
    assertThat(origin(loaded, "training.seed"))
        .isEqualTo(store.uri(folder.resolve("parts/more.conf")) + ":1");
    assertThat(origin(loaded, "training.epochs")).isEqualTo(store.uri(main) + ":8");
  }

  @Test
  void whatItMustIncludeAndIsNotThereIsRefused() throws IOException {
    Path main = write("main.conf", "include required(\"none.conf\")\n" + COMPLETE);
    assertThatThrownBy(() -> load(main))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot read configuration "
                + store.uri(main)
                + ", it is no valid HOCON: there is no none.conf beside it. Correct it.");
  }

  @Test
  void whatItIncludesHasItsWholeName() throws IOException {
    Path main = write("main.conf", "include \"base\"\n" + COMPLETE);
    assertThatThrownBy(() -> load(main))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot read configuration "
                + store.uri(main)
                + ", what it includes is named neither .conf nor .json: base. Write the whole"
                + " name.");
  }

  @Test
  void whatIncludesItselfIsRefused() throws IOException {
    Path main = write("main.conf", "include \"main.conf\"\n" + COMPLETE);
    assertThatThrownBy(() -> load(main))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot read configuration "
                + store.uri(main)
                + ", includes go deeper than 50, perhaps in a circle: main.conf. Take that out.");
  }

  @Test
  void placeThatNoFileSystemServesIsWrong() {
    for (String place : new String[] {"s3a://bucket/a.conf", "nosuch://host/a.conf"}) {
      CommandRun run = CommandRun.of("print-config", place);
      assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
      assertThat(run.err())
          .startsWith("error: Cannot read configuration " + place + ": No FileSystem for scheme \"")
          .endsWith(". Correct the URI, or add the file system's jar to the class path.\n");
    }
  }

  @Test
  void uriThatIsNoneIsWrong() {
    CommandRun run = CommandRun.of("print-config", "hdfs://[x/distill.conf");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .startsWith("error: Cannot read configuration hdfs://[x/distill.conf: ")
        .endsWith(". Correct the URI, or add the file system's jar to the class path.\n");
  }

  @Test
  void uriOfALocalFileIsThatFile() throws IOException {
    write("base.conf", "distill.training.seed = 8");
    Path main = write("main.conf", "include \"base.conf\"\n" + COMPLETE);
    for (String uri : new String[] {"file:" + main, "file://" + main}) {
      CommandRun run = CommandRun.of("print-config", uri);
      assertThat(run.code()).isZero();
      assertThat(run.out()).containsPattern("training.seed = 8 +# " + folder + "/base.conf:1");
    }
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private LoadedConfig load(Path file) {
    return ConfigLoader.fromText(
        new RemoteConf(store.configuration()).read(store.uri(file)), List.of());
  }

  private static String origin(LoadedConfig loaded, String key) {
    return loaded.effective().stream()
        .filter(value -> value.key().equals(key))
        .findFirst()
        .orElseThrow()
        .origin();
  }
}
