package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.FeatureConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hidden layers can be compared with what. */
class FeaturesReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [
          { name = a, onnx = a.onnx, intermediates = [conv5, fc6] }
          { name = b, onnx = b.onnx, intermediates = [fc6, fc7] }
        ]
        student { hidden = [8, 4], cnn.channels = [2] }
      }
      """;

  @Test
  void nothingIsComparedUnlessItIsAskedForAndThenItIsAnInput() {
    assertThat(objective().features()).isEmpty();
    assertThat(objective().inputs()).doesNotContainKey("objective.features");

    ObjectiveConfig objective =
        objective(
            "objective.features=[{ kind = hint, teacher = conv5, layer = 2, shape = [6, 2, 2] },"
                + " { kind = relational, teacher = fc7, layer = cnn-1, weight = 25 }]");

    assertThat(objective.features())
        .containsExactly(
            new FeatureConfig(
                0,
                FeatureConfig.Kind.HINT,
                "conv5",
                "hidden-1",
                1,
                List.of(6, 2, 2),
                new FeatureConfig.Relations(1, 2)),
            new FeatureConfig(
                1,
                FeatureConfig.Kind.RELATIONAL,
                "fc7",
                "cnn-1",
                25,
                List.of(),
                new FeatureConfig.Relations(1, 2)));
    assertThat(objective.inputs())
        .containsEntry(
            "objective.features",
            "hint hidden-1 to conv5 [6, 2, 2], weight 1.0\n"
                + "relational cnn-1 to fc7, weight 25.0, distance 1.0, angle 2.0");
    assertThat(objective.features())
        .extracting(FeatureConfig::name)
        .containsExactly("hint1", "relational2");
    assertThat(objective.tensors()).containsExactlyInAnyOrder("conv5", "fc7");
  }

  @Test
  void teacherIsAskedForItsInsideAlsoWhereItsAnswersDecideNothing() {
    String features = "objective.features=[{ kind = hint, teacher = fc7, layer = 1 }]";
    ObjectiveConfig objective = objective("objective.softWeight=0", features);
    assertThat(objective.asksTeacher()).isTrue();
    assertThat(objective.comparesAnswers()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ kind = hints, teacher = fc7, layer = 1 } | objective.features[0].kind | expected one of"
            + " hint, attention, relational, found 'hints'",
        "{ teacher = fc7, layer = 1 } | objective.features[0].kind | is missing",
        "{ kind = hint, layer = 1 } | objective.features[0].teacher | is missing",
        "{ kind = hint, teacher = fc8, layer = 1 } | objective.features[0].teacher | expected a"
            + " tensor among a teacher's intermediates, which are conv5, fc6, fc6, fc7, found 'fc8'",
        "{ kind = hint, teacher = fc6, layer = 1 } | objective.features[0].teacher | expected a"
            + " tensor among the intermediates of one teacher alone, found 'fc6'",
        "{ kind = hint, teacher = fc7, layer = 4 } | objective.features[0].layer | expected a"
            + " number from 1 to 3, or one of cnn-1, hidden-1, hidden-2, found '4'",
        "{ kind = hint, teacher = fc7, layer = 1, wieght = 2 } | objective.features[0].wieght |"
            + " no such key, did you mean weight?",
        "{ kind = hint, teacher = fc7, layer = 1, weight = 0 } | objective.features[0].weight |"
            + " expected a number from 1.0E-12 to 1000000.0, found 0",
        "{ kind = hint, teacher = fc7, layer = 1, angle = 1 } | objective.features[0].angle | no"
            + " such key where kind is hint",
        "{ kind = attention, teacher = fc7, layer = 1, shape = [2, 2] } |"
            + " objective.features[0].shape | expected [channels, height, width], found 2 numbers",
        "{ kind = relational, teacher = fc7, layer = 1, shape = [2, 2, 2] } |"
            + " objective.features[0].shape | no such key where kind is relational",
        "{ kind = relational, teacher = fc7, layer = 1, distance = 0, angle = 0 } |"
            + " objective.features[0].angle | expected more than 0 where distance is 0, found 0",
        "hint | objective.features | expected blocks such as { kind = hint, teacher = conv5, layer"
            + " = 1 }",
      })
  void whatDoesNotFitIsRefused(String block, String key, String problem) {
    assertThatThrownBy(() -> objective("objective.features=[" + block + "]"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has a problem:")
        .hasMessageMatching(
            "(?s).*" + Pattern.quote(key + " (") + "(--set objective.features|test.conf)\\).*")
        .hasMessageContaining(problem);
  }

  @Test
  void otherEnginesAndLossesAndLargeBatchesAreRefused() {
    String features = "objective.features=[{ kind = relational, teacher = fc7, layer = 1 }]";
    assertThatThrownBy(() -> objective(features, "training.engine=dl4j-spark"))
        .hasMessageContaining(
            "expected [], because the engine is dl4j-spark, which sees no hidden layers, found 1"
                + " block");
    assertThatThrownBy(() -> objective(features, "objective.kind=label-smoothing"))
        .hasMessageContaining(
            "expected [], because label-smoothing asks no teacher, found relational cnn-1 to fc7");
    assertThatThrownBy(() -> objective(features, "training.batchSize=2049"))
        .hasMessageContaining(
            "expected at most 2048, because objective.features relates all rows of a batch, found"
                + " 2049");
    assertThatThrownBy(() -> objective("objective.features={}"))
        .hasMessageContaining("objective.features");
    assertThatThrownBy(
            () -> objective(features, "student={ hidden = [], cnn = { channels = [] } }"))
        .hasMessageContaining("expected a hidden layer, and the student has none, found '1'");
  }

  @Test
  void everyKeyOfABlockIsExplained() {
    String comment =
        String.join(
            "\n", ConfigLoader.reference().getValue("objective.features").origin().comments());
    for (String key : FeaturesReader.KNOWN) {
      assertThat(comment).contains("  " + key + " ");
    }
  }

  private static ObjectiveConfig objective(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test.conf", List.of(overrides)).config().objective();
  }
}
