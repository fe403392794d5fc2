package io.sparkdistill.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What an estimator makes of a configuration. */
class FitConfigTest {
  private static final Path ROWS = new Path("hdfs://name/out/input");
  private static final String TEACHERS = "teachers = [{ onnx = teacher.onnx }]\n";

  @Test
  void placesAndColumnsAreThoseOfTheCall() {
    DistillConfig config =
        of("""
                output = elsewhere
                dataset { train.table = days, test.path = test, id = other, classes = 3 }
                """
                + TEACHERS)
            .read("out", ROWS);

    assertThat(config.output()).isEqualTo("out");
    assertThat(config.dataset().id()).isEqualTo("key");
    assertThat(config.dataset().features()).isEqualTo("pixels");
    assertThat(config.dataset().label()).isEqualTo("digit");
    assertThat(config.evaluation().baseline()).isFalse();
    for (SourceConfig source : List.of(config.dataset().train(), config.dataset().test())) {
      assertThat(source.display()).isEqualTo(ROWS.toString());
    }
  }

  @Test
  void columnsAreThoseOfStudentAndTeachersOnce() {
    DistillConfig config =
        of("""
                dataset { classes = 3, weight = worth }
                teachers = [
                  { name = a, onnx = a.onnx, features = embedding }
                  { name = b, column = answers }
                ]
                """)
            .read("out", ROWS);

    assertThat(FitConfig.columns(config))
        .containsExactly("key", "pixels", "digit", "worth", "embedding", "answers");
  }

  @Test
  void refusesChains() {
    FitConfig chain =
        of(
            "dataset { classes = 3 }\n"
                + TEACHERS
                + "chain = [{ name = big }, { name = middle }]\n");

    assertThatThrownBy(() -> chain.read("out", ROWS))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot fit by the configuration of distiller, it has a chain, which needs a command:"
                + " 2 links. Run it, or fit the links one by one.");
  }

  @Test
  void refusesHeads() {
    FitConfig heads =
        of(
            """
            heads = [
              { name = genre, dataset { classes = 3 }, teachers = [{ onnx = a.onnx }] }
              { name = mood, dataset { classes = 2 }, teachers = [{ onnx = b.onnx }] }
            ]
            """);

    assertThatThrownBy(() -> heads.read("out", ROWS))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot fit by the configuration of distiller, it has heads, which need a command:"
                + " [genre, mood]. Run it, or fit the heads one by one.");
  }

  private static FitConfig of(String block) {
    return new FitConfig(
        "of distiller", "distill {\n" + block + "}", List.of(), "key", "pixels", "digit");
  }
}
