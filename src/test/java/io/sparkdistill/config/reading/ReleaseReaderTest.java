package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.ReleaseConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where students are released, and which ones. */
class ReleaseReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
      }
      """;

  @Test
  void nothingIsReleasedByDefault() {
    assertThat(load().config().release())
        .isEqualTo(
            new ReleaseConfig(
                Optional.empty(),
                ReleaseConfig.When.BETTER_THAN_INCUMBENT,
                ReleaseConfig.Metric.ERRORS,
                0,
                0.05,
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void wordsAreThoseOfMetrics() {
    ReleaseConfig release =
        load("release={ publishTo = \"hdfs:///models\", when = always, metric = klToTeacher,"
                + " margin = 0.5, significance = 1, licence = \"CC BY 4.0\" }")
            .config()
            .release();
    assertThat(release.publishTo()).contains("hdfs:///models");
    assertThat(release.when()).isEqualTo(ReleaseConfig.When.ALWAYS);
    assertThat(release.metric()).isEqualTo(ReleaseConfig.Metric.KL_TO_TEACHER);
    assertThat(release.margin()).isEqualTo(0.5);
    assertThat(release.licence()).contains("CC BY 4.0");
  }

  @Test
  void allProblemsAreNamed() {
    assertThatThrownBy(
            () ->
                load(
                    "release={ publishTo = out/, when = better, metric = auc, margin = -1,"
                        + " significance = 0 }"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has 5 problems")
        .hasMessageContaining(
            "release.publishTo (--set release): expected another folder than output, found the"
                + " same")
        .hasMessageContaining("expected one of always, betterThanIncumbent, never, found 'better'")
        .hasMessageContaining(
            "expected one of errors, accuracy, nll, ece, klToTeacher, found 'auc'")
        .hasMessageContaining("release.margin (--set release): expected a number from 0.0")
        .hasMessageContaining("release.significance (--set release): expected a number from");
  }

  @Test
  void divergenceFromNobodyIsNoMetric() {
    assertThatThrownBy(
            () ->
                load(
                    "teachers=[]",
                    "objective.softWeight=0",
                    "release={ publishTo = models, metric = klToTeacher }"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("expected another metric where there is no teacher");
  }

  @Test
  void linksOfAChainAreNotReleased() {
    LoadedConfig loaded = load("release.publishTo=models", "chain=[{ name = assistant }]");
    assertThat(loaded.config().release().publishTo()).contains("models");
    assertThat(loaded.link("assistant").release().publishTo()).isEmpty();
    assertThatThrownBy(() -> load("chain=[{ name = assistant, release.publishTo = models }]"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("chain[0].release")
        .hasMessageContaining("no such key in a link");
  }

  private static LoadedConfig load(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test.conf", List.of(overrides));
  }
}
