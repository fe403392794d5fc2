package io.sparkdistill.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Trials and their configurations. */
class TuningPlanTest {
  private static final String CONF =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
        objective.temperature = 2
        training.epochs = 9
        tuning { search = grid, halving.minEpochs = 3, parameters {
          objective.temperature = [1, 2, 4], student.hidden = [[8], [256, 256]] } }
      }
      """;

  @Test
  void firstTrialIsTheConfigurationAsItStandsAndNoneIsThereTwice() {
    TuningPlan plan = plan();
    assertThat(plan.trials()).hasSize(6);
    assertThat(plan.trials().get(0).values()).isEmpty();
    assertThat(plan.trials().stream().map(Trial::number)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(plan.trials().stream().map(trial -> plan.config(trial, 1))).doesNotHaveDuplicates();
    assertThat(plan.description()).isEqualTo("6 trials for 3 epochs, 2 for 9");
  }

  @Test
  void aTemperatureThatIsIgnoredMakesNoTrial() {
    assertThat(plan("objective.kind=logits").trials()).hasSize(2);
  }

  @Test
  void trialsOfARungDifferFromThoseOfTheLastInEpochsAlone() {
    TuningPlan plan = plan();
    Trial trial = plan.trials().get(5);
    assertThat(plan.config(trial, 0).training().epochs()).isEqualTo(3);
    assertThat(plan.config(trial, 1).training().epochs()).isEqualTo(9);
    assertThat(plan.config(trial, 0))
        .usingRecursiveComparison()
        .ignoringFields("training.epochs")
        .isEqualTo(plan.config(trial, 1));
  }

  @Test
  void badValuesAreNamedBeforeAnythingIsTried() {
    assertThatThrownBy(() -> plan("tuning.parameters.objective.temperature=[0, 2000]"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has 2 problems")
        .hasMessageContaining("found 0")
        .hasMessageContaining("found 2000");
  }

  @Test
  void halvingThatWouldDecideNothingIsRefused() {
    assertThatThrownBy(() -> plan("training.epochs=8", "tuning.halving.minEpochs=4"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot tune configuration test.conf, tuning.halving would decide nothing:"
                + " training.epochs is 8, and a trial that is shorter by tuning.halving.factor,"
                + " which is 3, has less than the 4 epochs of tuning.halving.minEpochs. Lower"
                + " minEpochs, or set it to 0 for trials that are all of one length.");
    assertThat(plan("training.epochs=8", "tuning.halving.minEpochs=3").description())
        .isEqualTo("6 trials for 3 epochs, 2 for 8");
  }

  @Test
  void nothingToVaryIsRefused() {
    assertThatThrownBy(() -> plan("tuning.parameters=null"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith(
            "Cannot tune configuration test.conf, tuning.parameters names no key. Name some");
  }

  @Test
  void pictureHasAPanelForEachKey() throws IOException {
    TuningPlan plan =
        plan(
            "tuning.search=random",
            "tuning.parameters.training.updater.adam.learningRate="
                + "{ from = 0.0001, to = 0.1, scale = log }");
    List<Standing> standings =
        plan.run(
            (trials, rung) ->
                IntStream.range(0, trials.size())
                    .mapToObj(
                        i ->
                            i == 3
                                ? TrialScore.diverged(50)
                                : new TrialScore(50, 10 + i % 7, 1.0 / (i + 1), 0.2, 99))
                    .toList());

    byte[] png =
        TrialsPlot.draw(TuningReport.of(plan, standings), plan.config().tuning().parameters())
            .orElseThrow();

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(3 * 320);
    assertThat(IntStream.range(0, image.getHeight()).map(y -> image.getRGB(450, y)).distinct())
        .hasSizeGreaterThan(2);
  }

  private static TuningPlan plan(String... overrides) {
    return TuningPlan.of(ConfigLoader.fromText(CONF, "test.conf", List.of(overrides)));
  }
}
