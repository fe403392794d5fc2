package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a student can be told. */
class StudentReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
        student.hidden = [8, 4]
      }
      """;
  private static final String OWN = COMPLETE.replace("student.hidden = [8, 4]", "");

  @Test
  void studentsThatAreNotRegularisedAreDescribedAsBeforeThatWasPossible() {
    assertThat(student().regularisation()).isEqualTo(RegularisationConfig.none());
    assertThat(student().description()).isEqualTo("[8, 4]");
  }

  @Test
  void regularisationIsAPartOfTheDescription() {
    StudentConfig student = student("student.inputDropout=0.2", "student.dropout=0.5");
    assertThat(student.regularisation()).isEqualTo(new RegularisationConfig(0.2, 0.5));
    assertThat(student.description()).isEqualTo("[8, 4], input dropout 0.2, dropout 0.5");
    assertThat(student("student.maxNorm=3.5").description()).isEqualTo("[8, 4], max norm 3.5");
    assertThat(student("student.gain=0.2").description()).isEqualTo("[8, 4], gain 0.2");
    assertThat(student("student.dropout=0.5", "student.cnn.channels=[2]").description())
        .isEqualTo("cnn [2] kernel 3 pool 2, dense [8, 4], dropout 0.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "student.dropout=1 | expected a number from 0.0 to 0.9999999999999999, found 1",
        "student.inputDropout=-0.1 | expected a number from 0.0 to 0.9999999999999999, found -0.1",
        "student.maxNorm=0 | expected a number from 1.0E-6 to 1000000.0, found 0",
        "student.gain=0 | expected a number from 0.001 to 10.0, found 0",
        "student.cnn.kernel=4 | expected an odd number, found 4",
        "student.cnn.image=[4] | expected [height, width] or [channels, height, width], found 1",
      })
  void whatIsOutOfRangeIsRefused(String override, String problem) {
    assertThatThrownBy(() -> student(override))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"student.dropout", "student.inputDropout"})
  void stockEngineDropsNothing(String key) {
    assertThatThrownBy(() -> student(key + "=0.5", "training.engine=dl4j-spark"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            key + " (--set " + key + "): expected 0, because the engine is dl4j-spark, found 0.5");
  }

  @Test
  void networkOfOnesOwnIsNamedByItsPlace() {
    StudentConfig student = load(OWN, "student.model=s3a://user:secret@nets/a.json").student();
    assertThat(student.model()).contains("s3a://user:secret@nets/a.json");
    assertThat(student.description()).isEqualTo("model s3a://***@nets/a.json");
    assertThat(load(OWN).student().model()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "student.hidden=[256, 256]",
        "student.activation=tanh",
        "student.dropout=0.5",
        "student.inputDropout=0.2",
        "student.maxNorm=3",
        "student.cnn.channels=[2]",
        "student.cnn.kernel=3",
        "student.cnn.pool=2",
        "student.cnn.image=[4, 4]"
      })
  void networkOfOnesOwnSaysItsLayersItself(String override) {
    String key = override.substring(0, override.indexOf('='));
    assertThatThrownBy(() -> load(OWN, "student.model=own.json", override))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            key
                + " (--set "
                + key
                + "): no such key where student.model is given, which says it itself");
  }

  private static DistillConfig load(String text, String... overrides) {
    return ConfigLoader.fromText(text, "test.conf", List.of(overrides)).config();
  }

  private static StudentConfig student(String... overrides) {
    return load(COMPLETE, overrides).student();
  }
}
