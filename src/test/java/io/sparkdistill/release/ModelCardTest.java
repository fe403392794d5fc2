package io.sparkdistill.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.ReleaseConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a model card says, and what it does not. */
class ModelCardTest {
  private static final String METRICS =
      """
      { "schemaVersion" : 1, "testRows" : 200,
        "models" : {
          "teacher" : { "errors" : 10, "accuracy" : 0.95, "nll" : 0.2, "ece" : 0.01,
            "parameters" : 36, "bytes" : 300 },
          "student" : { "errors" : 20, "accuracy" : 0.9, "nll" : 0.3, "ece" : 0.02,
            "parameters" : 1259, "bytes" : 6000, "agreementWithTeacher" : 0.93,
            "klToTeacher" : 0.04, "accuracyInterval" : { "low" : 0.855, "high" : 0.94 },
            "reliability" : [ { "from" : 0.9333, "to" : 1, "rows" : 150, "confidence" : 0.97,
              "accuracy" : 0.96 } ] } },
        "slices" : [ { "name" : "<b>night</b>", "rows" : 50, "models" : { "student" : {
          "errors" : 10, "accuracy" : 0.8, "nll" : 0.4, "brier" : 0.3, "ece" : 0.1 } } } ] }
      """;

  @Test
  void saysWhatManifestsAndMetricsSay() {
    String card = card(Optional.empty(), Optional.empty(), "data/train");
    assertThat(card)
        .startsWith("# Model card\n")
        .contains("| layers | `[16]` |")
        .contains("| SHA-256 | `5c5c` |")
        .contains("| source | `data/train` | `data/test` |")
        .contains("| answered rows, views counted | 600 | 200 |")
        .contains("| student | 20 | 90.00% | 85.50%–94.00% | 93.00% | 0.0400 | 1,259 | 6,000 |")
        .contains("| teacher | 10 | 95.00% | – | – | – | 36 | 300 |")
        .contains("| student | 0.0200 | 0.3000 |")
        .contains("| 0.933 to 1.000 | 150 | 0.9700 | 96.00% |")
        .contains("| `<b>night</b>` | 50 | 10 | 80.00% | – |")
        .contains("Here: there is nothing in use to compare it with.")
        .contains("| training.seed | `7` |")
        .contains("| Spark | `3.5` |");
  }

  @Test
  void saysNothingOfUseAndLicenceThatNobodyHasStated() {
    assertThat(card(Optional.empty(), Optional.empty(), "data"))
        .contains("## Intended use\n\nNot stated: `release.intendedUse` is not set.")
        .doesNotContain("Licence");
    assertThat(card(Optional.of("CC BY 4.0"), Optional.of("Reading digits."), "data"))
        .contains("## Licence\n\n> CC BY 4\\.0\n")
        .contains("## Intended use\n\n> Reading digits\\.\n");
  }

  @Test
  void namesTheFileThatTheLayersOfStudentCameFrom() {
    String card =
        card(
            config(Optional.empty(), Optional.empty()),
            student(Map.of("student.model.sha256", "3d3d", "training.seed", "7")),
            "data");
    assertThat(card)
        .contains("| SHA-256 of the file with its layers | `3d3d` |")
        .doesNotContain("| layers |")
        .doesNotContain("| activation |");
  }

  @Test
  void markupOfOthersHasNoMeaning() {
    String card =
        card(
            Optional.of("# no heading\n<script>alert(1)</script>"),
            Optional.of("[no link](x)"),
            "a`|`b\n<img src=x>");
    assertThat(card)
        .contains("> \\# no heading\n> &lt;script&gt;alert\\(1\\)&lt;\\/script&gt;\n")
        .contains("> \\[no link\\]\\(x\\)")
        .contains("| source | ``a`\\|`b <img src=x>`` |");
  }

  @Test
  void nobodyIsCalledAndNothingReferredToByWordsOfOthers() {
    String card = card(Optional.of("Ask @octocat, a@b, see #12, gh-3"), Optional.empty(), "@x#1");
    assertThat(card)
        .contains("> Ask \\@&#8203;octocat\\, a\\@&#8203;b\\, see \\#&#8203;12\\, gh\\-&#8203;3\n")
        .contains("| source | `@x#1` |");
  }

  @Test
  void credentialsInPlacesAreMasked() {
    assertThat(card(Optional.empty(), Optional.empty(), "s3a://key:swordfish@bucket/rows"))
        .contains("s3a://***@bucket/rows")
        .doesNotContain("swordfish");
  }

  @Test
  void dataAreTheRowsThatTheStudentIsShown() {
    ReleaseConfig config = config(Optional.empty(), Optional.empty());
    Manifest large = targets("soft-targets-large", "data/large", 600, 50_176);
    Manifest shown = targets("soft-targets-small", "data/small", 600, 12);

    String card =
        card(
            config,
            student(Map.of("training.seed", "7")),
            List.of(large, shown),
            shown,
            targets("test-targets-small", "data/test", 200, 12));

    assertThat(card)
        .contains("## Teachers\n")
        .contains("| source | `data/small` | `data/test` |")
        .contains("| features of a row | 12 | 12 |")
        .doesNotContain("50,176")
        .doesNotContain("data/large");
  }

  @Test
  void refusesAManifestThatLacksWhatTheCardSaysOfIt() {
    Manifest student =
        Manifest.unpublished(
            "student",
            Map.of("training.seed", "7"),
            Map.of("parameters", "1259"),
            List.of(new PublishedFile("files/x/student.zip", 6000, "5c5c")));
    assertThatThrownBy(() -> card(config(Optional.empty(), Optional.empty()), student, "data"))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot use manifest 0 of student, it lacks the fact: workers. Publish it again.");
  }

  private static String card(Optional<String> licence, Optional<String> use, String source) {
    return card(
        config(licence, use),
        student(
            Map.of("student.hidden", "[16]", "student.activation", "relu", "training.seed", "7")),
        source);
  }

  private static ReleaseConfig config(Optional<String> licence, Optional<String> use) {
    return new ReleaseConfig(
        Optional.of("out"),
        ReleaseConfig.When.BETTER_THAN_INCUMBENT,
        ReleaseConfig.Metric.ERRORS,
        0,
        0.05,
        licence,
        use);
  }

  private static String card(ReleaseConfig config, Manifest student, String source) {
    Manifest trained = targets("soft-targets", source, 600, 12);
    return card(
        config, student, List.of(trained), trained, targets("test-targets", "data/test", 200, 12));
  }

  private static String card(
      ReleaseConfig config,
      Manifest student,
      List<Manifest> teachers,
      Manifest trained,
      Manifest tested) {
    ModelCard card =
        new ModelCard(
            config,
            student,
            teachers,
            trained,
            tested,
            Metrics.fromJson(METRICS.getBytes(StandardCharsets.UTF_8)),
            new ReleaseRule(config).decide(0),
            new TreeMap<>(Map.of("Spark", "3.5")));
    assertThat(card.toMarkdown()).isEqualTo(card.toMarkdown());
    return new String(card.toMarkdown(), StandardCharsets.UTF_8);
  }

  private static Manifest student(Map<String, String> inputs) {
    return Manifest.unpublished(
        "student",
        inputs,
        Map.of("parameters", "1259", "workers", "2"),
        List.of(new PublishedFile("files/x/student.zip", 6000, "5c5c")));
  }

  private static Manifest targets(String stage, String source, int rows, int width) {
    return Manifest.unpublished(
        stage,
        Map.of(
            "teacher.sha256", "7e7e",
            "teacher.input", "the only one",
            "codec", "float16",
            "views", "1",
            "classes", "3",
            "examples.source", source,
            "examples.columns", "id, features, label",
            "examples.sha256", "dada"),
        Map.of(
            "teacher.place", "teacher.onnx",
            "teacher.parameters", "36",
            "teacher.bytes", "300",
            "teacher.errors", "61",
            "rows", Integer.toString(rows),
            "badRows", "0",
            "examples.width", Integer.toString(width)),
        List.of());
  }
}
