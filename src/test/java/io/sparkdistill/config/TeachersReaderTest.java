package io.sparkdistill.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who teaches, and what is no teacher. */
class TeachersReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
      }
      """;

  @Test
  void aPublishedStudentTeaches() {
    assertThat(source("{ dl4j = s.zip }")).isEqualTo(new TeacherSource.Dl4j("s.zip"));
  }

  @Test
  void aColumnHoldsLogitsUnlessItIsSaidToHoldProbabilities() {
    assertThat(source("{ column = answers }"))
        .isEqualTo(new TeacherSource.Column("answers", AnswerKind.LOGITS));
    assertThat(source("{ column = answers, kind = probabilities }"))
        .isEqualTo(new TeacherSource.Column("answers", AnswerKind.PROBABILITIES));
  }

  @Test
  void refusesATeacherOfNoKindOrOfTwo() {
    refused("{ input = x }", "expected exactly one of onnx, dl4j and column, found none");
    refused(
        "{ onnx = a, dl4j = b }",
        "expected exactly one of onnx, dl4j and column, found dl4j, onnx");
  }

  @Test
  void refusesKeysOfAnotherKind() {
    refused(
        "{ dl4j = a, intermediates = [x] }",
        "teachers[0].intermediates",
        "no such key where the teacher is given by dl4j");
    refused(
        "{ onnx = a, kind = logits }",
        "teachers[0].kind",
        "no such key where the teacher is given by onnx");
    refused("{ onnx = a, colum = x }", "teachers[0].colum", "did you mean column?");
  }

  @Test
  void refusesAnswersThatAreNeitherLogitsNorProbabilities() {
    refused("{ column = a, kind = none }", "expected one of logits, probabilities, found 'none'");
  }

  @Test
  void refusesAugmentationBesideAColumn() {
    assertThatThrownBy(
            () -> load("{ column = a }", "softTargets { views = 2, augmentation { noise = 0.1 } }"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("softTargets.augmentation")
        .hasMessageContaining(
            "expected none, because teachers[0] is a column, which answers rows as they are");
  }

  private static TeacherSource source(String teacher) {
    return load(teacher, "").teacher().source();
  }

  private static void refused(String teacher, String... why) {
    assertThatThrownBy(() -> load(teacher, ""))
        .isInstanceOf(InvalidConfigurationException.class)
        .message()
        .contains(why);
  }

  private static DistillConfig load(String teacher, String more) {
    String text = COMPLETE + "distill { teachers = [" + teacher + "]\n" + more + " }";
    return ConfigLoader.fromText(text, "test", List.of()).config();
  }
}
