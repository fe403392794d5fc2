package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import java.util.Optional;
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
  void anOnnxFileGivesLogitsUnlessItIsSaidToGiveProbabilities() {
    assertThat(source("{ onnx = a.onnx }")).isEqualTo(onnx(AnswerKind.LOGITS));
    assertThat(source("{ onnx = a.onnx, kind = probabilities }"))
        .isEqualTo(onnx(AnswerKind.PROBABILITIES));
  }

  private static TeacherSource onnx(AnswerKind gives) {
    return new TeacherSource.Onnx("a.onnx", Optional.empty(), Optional.empty(), gives, List.of());
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
        "{ dl4j = a, kind = logits }",
        "teachers[0].kind",
        "no such key where the teacher is given by dl4j");
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

  @Test
  void severalTeachersHaveNamesAndWeights() {
    List<TeacherConfig> teachers =
        load(
                "{ name = a, onnx = a.onnx, weight = 2, classWeights = [1, 0.5, 0] },"
                    + " { name = b, dl4j = b.zip, features = other }",
                "")
            .teachers();

    assertThat(teachers).hasSize(2);
    assertThat(teachers.get(0).weight()).isEqualTo(2);
    assertThat(teachers.get(0).classWeights()).containsExactly(1.0, 0.5, 0.0);
    assertThat(teachers.get(0).features()).isEqualTo("features");
    assertThat(teachers.get(1).key()).isEqualTo("teachers[1]");
    assertThat(teachers.get(1).name()).contains("b");
    assertThat(teachers.get(1).features()).isEqualTo("other");
    assertThat(teachers.get(1).weight()).isEqualTo(1);
  }

  @Test
  void refusesSeveralTeachersWithoutNamesOrWithTheSame() {
    refused(
        "{ name = a, dl4j = x }, { dl4j = y }",
        "expected a name of teachers[1], because there are several");
    refused(
        "{ name = a, dl4j = x }, { name = a, dl4j = y }",
        "expected another name of each, found twice 'a'");
    refused(
        "{ name = \"A b\", dl4j = x }", "lower-case letters, digits and hyphens", "found 'A b'");
  }

  @Test
  void refusesTeachersOfWhichNoneSeesWhatTheStudentSees() {
    refused("{ dl4j = x, features = y }", "at least one teacher that is shown dataset.features");
  }

  @Test
  void refusesWeightsThatAreNone() {
    refused("{ dl4j = x, weight = 0 }", "teachers[0].weight", "expected a number from");
    refused("{ dl4j = x, classWeights = [1, a, 1] }", "expected a list of numbers from 0.0");
    refused("{ dl4j = x, classWeights = [1, 1] }", "dataset.classes, which is 3, found 2");
    refused(
        "{ name = a, dl4j = x, classWeights = [1, 0, 1] },"
            + " { name = b, dl4j = y, classWeights = [1, 0, 1] }",
        "expected a teacher whose classWeights are above 0 for class 1");
  }

  @Test
  void refusesWeightsWhereOneTeacherIsChosen() {
    assertThatThrownBy(
            () ->
                load(
                    "{ name = a, dl4j = x, weight = 2 }, { name = b, dl4j = y }",
                    "ensemble.combine = label"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("no such key where ensemble.combine is label: weight");
  }

  @Test
  void refusesCodecsThatKeepNoLogitsOfSeveral() {
    assertThatThrownBy(
            () ->
                load(
                    "{ name = a, dl4j = x }, { name = b, dl4j = y }",
                    "softTargets { codec = topk, topK = 2, temperature = 4 }"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "expected one that keeps logits, because there are several teachers, found topk");
  }

  @Test
  void refusesADistanceToTeachersOfWhomNoDistributionIsKept() {
    assertThatThrownBy(
            () ->
                load(
                    "{ onnx = a.onnx }",
                    "tuning.metric = kl, objective.temperature = 4,"
                        + " softTargets { codec = sampled, temperature = 4 }"))
        .hasMessageContaining("tuning.metric")
        .hasMessageContaining(
            "expected errors or nll, because softTargets.codec keeps no distribution at temperature"
                + " 1, found kl");
    assertThatThrownBy(
            () ->
                load(
                    "{ onnx = a.onnx }",
                    "tuning.metric = kl, objective.temperature = 1,"
                        + " softTargets { codec = topk, topK = 2 }"))
        .hasMessageContaining("it has a problem")
        .hasMessageContaining(
            "expected errors or nll, because codec topk does not keep how the classes differ that"
                + " are not among the best, found kl");
  }

  @Test
  void refusesADistanceToTheTeacherThatALabelHasChosen() {
    String metric = "tuning.metric = kl, ensemble.combine = ";
    assertThatThrownBy(
            () -> load("{ name = a, dl4j = x }, { name = b, dl4j = y }", metric + "label"))
        .hasMessageContaining("tuning.metric")
        .hasMessageContaining(
            "expected errors or nll, because ensemble.combine is label, and no label of a row that"
                + " is held out may choose what its students are compared with, found kl");
    assertThat(load("{ dl4j = x }", metric + "label").teachers()).hasSize(1);
  }

  private static TeacherSource source(String teacher) {
    return load(teacher, "").teachers().get(0).source();
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
