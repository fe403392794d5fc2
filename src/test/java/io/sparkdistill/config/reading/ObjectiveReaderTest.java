package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.AdaptationConfig;
import io.sparkdistill.config.LossConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.ScheduleConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a student can be told to minimise. */
class ObjectiveReaderTest {
  private static final String COMPLETE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 30 }
        teachers = [{ onnx = teacher.onnx }]
        softTargets { topK = 3 }
      }
      """;

  @Test
  void defaultIsHintonsAndIsWhatItWasBeforeThereWereOthers() {
    assertThat(objective()).isEqualTo(new ObjectiveConfig(4, 0.9));
    assertThat(objective().inputs())
        .containsOnlyKeys("objective.temperature", "objective.softWeight")
        .containsEntry("objective.temperature", "4.0")
        .containsEntry("objective.softWeight", "0.9");
  }

  @Test
  void kindsHaveTheirPapersValuesWhereNoneAreGiven() {
    assertThat(objective("objective.kind=dkd").loss()).isEqualTo(new LossConfig.Dkd(1, 8));
    assertThat(objective("objective.kind=dist").loss()).isEqualTo(new LossConfig.Dist(2, 2));
    assertThat(objective("objective.kind=margin-ranking").loss())
        .isEqualTo(new LossConfig.MarginRanking(1, 5));
    ObjectiveConfig smoothing = objective("objective.kind=label-smoothing");
    assertThat(smoothing.softWeight()).isEqualTo(ScheduleConfig.constant(0.1));
    assertThat(smoothing.asksTeacher()).isFalse();
  }

  @Test
  void blockGivesParametersOfItsKind() {
    assertThat(objective("objective={ kind = dkd, alpha = 2, beta = 0.5 }").loss())
        .isEqualTo(new LossConfig.Dkd(2, 0.5));
    assertThat(objective("objective={ kind = dist, gamma = 0 }").loss())
        .isEqualTo(new LossConfig.Dist(2, 0));
    assertThat(objective("objective={ kind = margin-ranking, margin = 2, ranks = 1 }").loss())
        .isEqualTo(new LossConfig.MarginRanking(2, 1));
    assertThat(objective("objective={ kind = label-smoothing, smoothing = 0.2 }").softWeight())
        .isEqualTo(ScheduleConfig.constant(0.2));
  }

  @Test
  void temperatureAndWeightMayChangeOnTheirWay() {
    ObjectiveConfig objective =
        objective(
            "objective.temperature={ shape = cosine, from = 8, to = 1, by = epoch }",
            "objective.softWeight={ from = 1, to = 0 }");
    assertThat(objective.temperature())
        .isEqualTo(new ScheduleConfig(ScheduleConfig.Shape.COSINE, 8, 1, ScheduleConfig.By.EPOCH));
    assertThat(objective.inputs())
        .containsEntry("objective.temperature", "cosine 8.0 to 1.0 by epoch")
        .containsEntry("objective.softWeight", "linear 1.0 to 0.0 by step");
    assertThat(objective.asksTeacher()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logits", "cosine", "margin-ranking", "label-smoothing"})
  void aTemperatureThatIsIgnoredIsNoOtherObjective(String kind) {
    ObjectiveConfig usual = objective("objective.kind=" + kind);

    assertThat(objective("objective.kind=" + kind, "objective.temperature=9")).isEqualTo(usual);
    assertThat(usual.inputs()).containsEntry("objective.temperature", "4.0");
  }

  @Test
  void rowsMayHaveTemperaturesAndWeightsOfTheirOwn() {
    ObjectiveConfig objective =
        objective(
            "objective.temperatureBy=entropy",
            "objective.softWeightBy=correctness",
            "objective.whenTeacherIsWrong=ignore");
    assertThat(objective.adaptation())
        .isEqualTo(
            new AdaptationConfig(
                AdaptationConfig.TemperatureBy.ENTROPY,
                AdaptationConfig.SoftWeightBy.CORRECTNESS,
                AdaptationConfig.WhenTeacherIsWrong.IGNORE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "objective.kind=logits",
        "objective.standardise=true",
        "objective.temperatureBy=entropy",
        "objective.softWeightBy=confidence",
        "objective.whenTeacherIsWrong=downweight",
        "objective.classWeights=balanced"
      })
  void whatMakesAnotherStudentIsAnotherInput(String override) {
    assertThat(objective(override).inputs())
        .containsKey(override.substring(0, override.indexOf('=')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "objective.kind=hintons | expected one of hinton, logits, dkd, dist, jensen-shannon,"
            + " margin-ranking, cosine, label-smoothing, found 'hintons'",
        "objective.alpha=1 | objective.alpha (--set objective.alpha): no such key where"
            + " objective.kind is hinton",
        "objective={ kind = dist, alpha = 1 } | no such key where objective.kind is dist, known"
            + " there are beta, gamma",
        "objective={ kind = dkd, betta = 1 } | no such key, did you mean beta?",
        "objective={ kind = dkd, beta = -1 } | expected a number from 0.0 to 1000000.0, found -1",
        "objective={ kind = margin-ranking, margin = 0 } | expected a number from 1.0E-12",
        "objective.temperature=0 | expected a number from 0.01 to 1000.0, found 0",
        "objective.temperature={ from = 8 } | objective.temperature.to",
        "objective.temperature={ from = 8, to = 1, until = 3 } | no such key",
        "objective.temperature={ from = 8, to = 1, shape = step } | expected one of linear, cosine,"
            + " found 'step'",
        "objective.temperature={ from = 8, to = 1, shape = constant } | objective.temperature.shape"
            + " (--set objective.temperature): expected one of linear, cosine, found 'constant'",
        "objective.softWeight={ from = 1, to = 2 } | expected a number from 0.0 to 1.0, found 2",
        "objective={ kind = label-smoothing, standardise = true } | expected false, because"
            + " label-smoothing asks no teacher, found true",
        "objective={ kind = label-smoothing, softWeightBy = confidence } | expected none, because"
            + " label-smoothing asks no teacher, found confidence",
        "objective.classWeights=[1, 2] | expected balanced, or as many numbers as dataset.classes,"
            + " which is 30, found 2",
        "objective.classWeights=even | expected a list of numbers from 0.0 to 1000000.0 such as"
            + " [1, 0.5], found \"even\"",
        "objective={ kind = dkd, alpha = 0, beta = 0 } | objective.alpha (--set objective): expected"
            + " one of the weights above 0, for the teacher to be heard, found 0",
        "objective={ kind = dist, beta = 0, gamma = 0 } | expected one of the weights above 0",
        "objective={ kind = logits, temperatureBy = entropy } | expected none, because logits has no"
            + " temperature, found entropy",
        "objective={ kind = margin-ranking, temperatureBy = entropy } | expected none, because"
            + " margin-ranking has no temperature",
        "objective.whenTeacherIsWrong=drop | expected one of keep, downweight, ignore, found 'drop'",
      })
  void whatDoesNotFitIsRefused(String override, String problem) {
    assertThatThrownBy(() -> objective(override))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void stockEngineTakesNumbersThatStay() {
    assertThatThrownBy(
            () ->
                objective(
                    "training.engine=dl4j-spark", "objective.temperature={ from = 8, to = 1 }"))
        .hasMessageContaining(
            "objective.temperature (--set objective.temperature): expected a number, because the"
                + " engine is dl4j-spark, found linear 8.0 to 1.0 by step");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hinton", "dkd", "dist", "jensen-shannon", "margin-ranking", "label-smoothing"})
  void distributionsOfACodecAreEnoughForMostKinds(String kind) {
    for (String codec : new String[] {"topk", "sampled"}) {
      assertThat(
              objective(
                      "objective.kind=" + kind,
                      "softTargets.codec=" + codec,
                      "softTargets.temperature=4")
                  .tail())
          .isEqualTo(
              codec.equals("topk") ? ObjectiveConfig.Tail.GHOST : ObjectiveConfig.Tail.CLASSES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"topk", "sampled"})
  void kindsThatCompareLogitsRefuseCodecsThatKeepNone(String codec) {
    String set = "softTargets.codec=" + codec;
    for (String kind : new String[] {"logits", "cosine"}) {
      assertThatThrownBy(() -> objective(set, "objective.kind=" + kind))
          .hasMessageContaining(
              "objective.kind (--set objective.kind): expected a comparison of distributions,"
                  + " because codec "
                  + codec
                  + " keeps one and no logits, found "
                  + kind);
    }
    assertThatThrownBy(
            () -> objective(set, "softTargets.temperature=4", "objective.standardise=true"))
        .hasMessageContaining(
            "expected false, because codec " + codec + " keeps a distribution and no logits");
    assertThatThrownBy(() -> objective(set, "objective.temperature={ from = 8, to = 1 }"))
        .hasMessageContaining(
            "expected a number, because codec "
                + codec
                + " serves one temperature only, found linear 8.0 to 1.0 by step");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topk", "sampled"})
  void probabilitiesAtAnotherTemperatureThanTheCodecsDecideNothing(String codec) {
    String set = "softTargets={ codec = " + codec + ", topK = 3, temperature = 4 }";
    assertThatThrownBy(() -> objective(set, "objective.temperatureBy=entropy"))
        .hasMessageContaining(
            "expected none, because codec "
                + codec
                + " serves one temperature only, found entropy");
    assertThatThrownBy(() -> objective(set, "objective.softWeightBy=confidence"))
        .hasMessageContaining(
            "expected none, because codec "
                + codec
                + " keeps probabilities at 4.0 and not at 1, found confidence");
  }

  @Test
  void bestClassesOfTopKDecideAndThoseOfDrawsDoNot() {
    String[] trust = {
      "objective.temperature=1",
      "objective.softWeightBy=confidence",
      "objective.whenTeacherIsWrong=ignore",
      "softTargets={ codec = topk, topK = 3, temperature = 1 }"
    };
    assertThat(objective(trust).adaptation().differences())
        .containsOnlyKeys("softWeightBy", "whenTeacherIsWrong");
    trust[3] = "softTargets={ codec = sampled, temperature = 1 }";
    assertThatThrownBy(() -> objective(trust))
        .hasMessageContaining(
            "expected keep, because codec sampled keeps draws, which may miss the teacher's best"
                + " class, found ignore")
        .hasMessageContaining(
            "expected none, because codec sampled keeps draws and no probabilities, found"
                + " confidence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"margin-ranking", "label-smoothing"})
  void kindsWithoutTemperatureTakeCodecsOfAny(String kind) {
    assertThat(
            objective(
                    "softTargets.codec=sampled",
                    "softTargets.temperature=2",
                    "objective.kind=" + kind)
                .loss()
                .kind()
                .hasTemperature())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standardise = true | objective.standardise (--set objective): expected false, because all"
            + " that standardising leaves of 2 classes is which is the better one, found true",
        "kind = cosine | objective.kind (--set objective): expected another one, because the angle"
            + " between answers of 2 classes is 0 or 180 degrees, whatever they say, found cosine",
        "kind = dkd, alpha = 0 | objective.alpha (--set objective): expected more than 0, because"
            + " there is but one other class of 2, found 0.0",
        "kind = dist, gamma = 0 | objective.gamma (--set objective): expected more than 0, because"
            + " the correlation along 2 classes is 1 or -1, whatever they say, found 0.0",
      })
  void whatHearsNothingOfATeacherOfTwoClassesIsRefused(String objective, String problem) {
    String set = "objective={ " + objective + " }";
    assertThatThrownBy(() -> objective("dataset.classes=2", "softTargets.topK=1", set))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has a problem")
        .hasMessageContaining(problem);
    assertThat(objective("dataset.classes=3", "softTargets.topK=1", set).asksTeacher()).isTrue();
    String unasked = "objective={ softWeight = 0, " + objective + " }";
    assertThat(objective("dataset.classes=2", "softTargets.topK=1", unasked).asksTeacher())
        .isFalse();
  }

  private static ObjectiveConfig objective(String... overrides) {
    return ConfigLoader.fromText(COMPLETE, "test.conf", List.of(overrides)).config().objective();
  }
}
