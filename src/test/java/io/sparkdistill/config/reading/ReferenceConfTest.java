package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What reference.conf says there is, is what there is. */
class ReferenceConfTest {
  private static final Pattern OURS = Pattern.compile("(?m)^distill\\b");

  @Test
  void everyKeyIsReadAndEveryKeyThatIsReadStandsThere() {
    Set<String> read = keysRead();
    read.removeIf(key -> key.startsWith("teachers[0]."));
    read.removeAll(Set.of("training.updater.adam", "training.updater.nesterovs"));
    read.remove("training.updater.sgd");
    assertThat(leaves().keySet()).containsExactlyInAnyOrderElementsOf(read);
  }

  @Test
  void everyKeyIsExplainedThereOrByItsBlock() {
    leaves().forEach((key, explained) -> assertThat(explained).as(key).isTrue());
  }

  @Test
  void everyKeyOfATeacherIsExplained() {
    String comment =
        String.join("\n", ConfigLoader.reference().getValue("teachers").origin().comments());
    for (String key : keysRead()) {
      if (key.startsWith("teachers[0].")) {
        assertThat(comment).contains("  " + key.substring("teachers[0].".length()) + " ");
      }
    }
  }

  /**
   * Manifests leave these out, so that what was published before a key was there stays up to date.
   * Another default would turn such a version into one of other values: a key that is to have one
   * must stand in manifests first, whatever its value.
   */
  @Test
  void defaultsThatManifestsLeaveOutStayWhatTheyAre() {
    Map<String, String> leftOut = new TreeMap<>();
    leftOut.put("dataset.unlabelled", "refuse");
    leftOut.put("student.dropout", "0");
    leftOut.put("student.inputDropout", "0");
    leftOut.put("student.gain", "1");
    leftOut.put("objective.kind", "hinton");
    leftOut.put("objective.standardise", "false");
    leftOut.put("objective.temperatureBy", "none");
    leftOut.put("objective.softWeightBy", "none");
    leftOut.put("objective.whenTeacherIsWrong", "keep");
    leftOut.put("objective.classWeights", "[]");
    leftOut.put("objective.features", "[]");
    leftOut.put("training.transferSet.fraction", "1");
    leftOut.put("training.transferSet.matchFrequencies", "[]");
    leftOut.put("training.outer.preset", "average");
    leftOut.put("training.updaterState", "average");
    leftOut.put("training.warmUpRounds", "0");
    leftOut.put("training.shuffle", "once");
    leftOut.put("training.validation.fraction", "0");
    leftOut.put("training.clip.norm", "0");
    leftOut.put("training.deadline", "0");
    leftOut.put("training.localSteps", "equal");
    leftOut.put("training.augmentation.shift", "0");
    leftOut.put("training.augmentation.flip", "false");
    leftOut.put("training.augmentation.noise", "0");
    leftOut.put("evaluation.sliceBy", "[]");
    leftOut.put("evaluation.temperatureScaling", "false");
    leftOut.put("evaluation.bootstrap.samples", "1000");
    leftOut.put("evaluation.bootstrap.seed", "1");
    leftOut.put("evaluation.predictions", "false");
    leftOut.put("evaluation.gallery", "24");
    leftOut.forEach(
        (key, value) ->
            assertThat(ConfigLoader.reference().getValue(key).unwrapped().toString())
                .as(key)
                .isEqualTo(value));
  }

  @Test
  void shippedConfigurationsLoad() throws IOException {
    Path folder = Path.of(System.getProperty("distill.root"), "conf");
    int loaded = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".conf")).toList()) {
        if (OURS.matcher(Files.readString(file)).find()) {
          LoadedConfig config = ConfigLoader.fromFile(file.toFile(), List.of());
          assertThat(config.config().output()).as(file.toString()).isNotBlank();
          loaded++;
        }
      }
    }
    assertThat(loaded).isPositive();
  }

  /** One reading a kind of updater: the keys of the others are not asked for. */
  private static Set<String> keysRead() {
    Set<String> read = new TreeSet<>();
    Config reference = ConfigLoader.reference();
    Config teacher = ConfigFactory.parseString("teachers = [{ onnx = teacher.onnx }]");
    for (String kind : List.of("adam", "nesterovs", "sgd")) {
      ConfigReader reader =
          new ConfigReader(
              teacher.withFallback(
                  reference
                      .withoutPath("training.updater")
                      .withValue(
                          "training.updater." + kind,
                          reference.getValue("training.updater." + kind))),
              "test");
      assertThat(reader.read()).isNotNull();
      read.addAll(reader.keysRead());
    }
    return read;
  }

  /** Every key that is no block, and whether there is a comment on it or on a block around it. */
  private static Map<String, Boolean> leaves() {
    Map<String, Boolean> leaves = new TreeMap<>();
    collect("", ConfigLoader.reference().root(), false, leaves);
    return leaves;
  }

  private static void collect(
      String prefix, ConfigObject block, boolean explained, Map<String, Boolean> leaves) {
    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
      String key = prefix + entry.getKey();
      boolean here = explained || !entry.getValue().origin().comments().isEmpty();
      if (entry.getValue() instanceof ConfigObject inner) {
        collect(key + ".", inner, here, leaves);
      } else {
        leaves.put(key, here);
      }
    }
  }
}
