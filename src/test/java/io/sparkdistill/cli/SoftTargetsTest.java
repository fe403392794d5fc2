package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.examples.ExampleDigest;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.SoftTargets;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that is read from Java, without the pipeline. */
class SoftTargetsTest {
  @TempDir private Path folder;

  @Test
  void rowsOfTheNewestVersionAreReadWhileItIsHeld() throws IOException {
    Workspace workspace = Workspace.create(folder);
    assertThat(Labelled.in(workspace).label().code()).isZero();
    Path cache = workspace.output().resolve("soft-targets");
    Path file = rowFiles(cache).get(0);
    // What a task leaves that nobody published.
    Path left = Files.createDirectories(cache.resolve("files/left"));
    Files.copy(file, left.resolve(file.getFileName()));
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      try (SoftTargets targets = SoftTargets.open(spark, cache.toString())) {
        assertThat(targets.rows().columns())
            .containsExactly(
                "id", "view", "view_seed", "input_hash", "label", "logits", "features", "weight");
        List<Row> rows = targets.rows().collectAsList();
        assertThat(rows).hasSize(600);
        Set<String> ids = new HashSet<>();
        for (Row row : rows) {
          ids.add(row.getAs("id"));
          assertThat(row.<Integer>getAs("view")).isZero();
          assertThat(row.<Float>getAs("weight")).isEqualTo(1);
          assertThat(row.getList(row.fieldIndex("logits")))
              .hasSize(targets.report().classes())
              .hasOnlyElementsOfType(Float.class);
          assertThat(row.getList(row.fieldIndex("features"))).hasSize(targets.report().width());
        }
        assertThat(ids).hasSize(600);
        assertThat(holds(cache)).as("holds").isEqualTo(1);
      }
      assertThat(holds(cache)).as("holds").isZero();

      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      try (SoftTargets targets = SoftTargets.open(spark, cache.toString())) {
        assertThatThrownBy(targets::rows)
            .isInstanceOf(IntegrityException.class)
            .hasMessageStartingWith("Cannot use " + file + ", its SHA-256 is ")
            .hasMessageEndingWith(
                ". It is not what was published: restore it, or use another output.");
      }
      assertThatThrownBy(() -> SoftTargets.open(spark, folder.resolve("none").toString()))
          .isInstanceOf(BadInputException.class)
          .hasMessage(
              "Cannot read soft targets, none are published there: "
                  + folder.resolve("none")
                  + ". Give the folder soft-targets of an output.");
    }
  }

  @Test
  void everyViewHasARowWithWhatTheTeacherSawInIt() {
    Labelled labelled = Labelled.in(withViews());
    assertThat(labelled.label().code()).isZero();
    ExampleDigest digest = new ExampleDigest();
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
        SoftTargets targets = SoftTargets.open(spark, labelled.file("").toString())) {
      assertThat(targets.report().views())
          .isEqualTo("3, shift 1, flip, noise 0.1, image [4, 3], seed 1");
      Map<String, Set<Integer>> views = new TreeMap<>();
      Set<Long> seeds = new HashSet<>();
      for (Row row : targets.rows().collectAsList()) {
        views
            .computeIfAbsent(row.getAs("id"), id -> new TreeSet<>())
            .add(row.<Integer>getAs("view"));
        seeds.add(row.<Long>getAs("view_seed"));
        assertThat(row.<byte[]>getAs("input_hash"))
            .isEqualTo(digest.ofInput(floats(row, "features")));
      }
      assertThat(views).hasSize(600);
      assertThat(views.values()).containsOnly(Set.of(0, 1, 2));
      assertThat(seeds).hasSize(1800);
    }
  }

  @Test
  void answersAreTheSameWhereInputsAreNotInTheCache() {
    Labelled with = Labelled.in(withViews()).with("softTargets.codec=float32");
    Labelled without = with.to(folder.resolve("without")).with("softTargets.includeFeatures=false");
    assertThat(with.label().code()).isZero();
    assertThat(without.label().code()).isZero();
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
        SoftTargets included = SoftTargets.open(spark, with.file("").toString());
        SoftTargets alone = SoftTargets.open(spark, without.file("").toString())) {
      assertThat(included.report().features()).isEqualTo("float");
      assertThat(alone.report().features()).isEqualTo("none");
      assertThat(alone.rows().columns())
          .containsExactly("id", "view", "view_seed", "input_hash", "label", "logits", "weight");
      Map<String, List<Float>> answers = answers(alone);
      assertThat(answers).hasSize(1800).isEqualTo(answers(included));
    }
  }

  private Workspace withViews() {
    Workspace workspace = Workspace.create(folder);
    workspace.writeConf(ViewsTest.VIEWS);
    return workspace;
  }

  private static Map<String, List<Float>> answers(SoftTargets targets) {
    Map<String, List<Float>> answers = new TreeMap<>();
    for (Row row : targets.rows().collectAsList()) {
      answers.put(
          row.<String>getAs("id") + " in view " + row.<Integer>getAs("view"),
          row.getList(row.fieldIndex("logits")));
    }
    return answers;
  }

  private static float[] floats(Row row, String column) {
    List<Float> numbers = row.getList(row.fieldIndex(column));
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i);
    }
    return floats;
  }

  private static List<Path> rowFiles(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache.resolve("files"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
    }
  }

  private static long holds(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("holds"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .filter(name -> !name.startsWith("."))
          .count();
    }
  }
}
