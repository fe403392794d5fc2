package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.LinkConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links are distillations of their own, each taught by the one before. */
class ChainReaderTest {
  private static final String WHOLE =
      """
      distill {
        output = out
        dataset { train.path = train, test.path = test, classes = 3 }
        teachers = [{ onnx = teacher.onnx }]
        student.hidden = [4]
        training { epochs = 7, updater { sgd { learningRate = 0.1 } } }
        chain = [%s]
      }
      """;

  @Test
  void eachLinkTeachesTheNext() {
    LoadedConfig loaded =
        load("{ name = big, student.hidden = [64] }, { name = middle, student.hidden = [16] }");

    assertThat(loaded.chain()).extracting(LinkConfig::name).containsExactly("big", "middle");
    DistillConfig big = loaded.link("big");
    DistillConfig middle = loaded.link("middle");
    assertThat(teacher(big))
        .isInstanceOfSatisfying(
            TeacherSource.Onnx.class, onnx -> assertThat(onnx.onnx()).isEqualTo("teacher.onnx"));
    assertThat(teacher(middle))
        .isEqualTo(new TeacherSource.Dl4j("out/chain/big/student/student.zip"));
    assertThat(teacher(loaded.config()))
        .isEqualTo(new TeacherSource.Dl4j("out/chain/middle/student/student.zip"));
    assertThat(big.output()).isEqualTo("out/chain/big");
    assertThat(loaded.config().output()).isEqualTo("out");
    assertThat(big.student().hidden()).containsExactly(64);
    assertThat(loaded.config().student().hidden()).containsExactly(4);
  }

  @Test
  void aLinkIsLikeTheWholeButForWhatItNames() {
    DistillConfig link =
        load("{ name = a, training { epochs = 3, updater { nesterovs { momentum = 0.5 } } } }")
            .link("a");

    assertThat(link.training().epochs()).isEqualTo(3);
    assertThat(link.training().updater()).isEqualTo(new UpdaterConfig.Nesterovs(0.1, 0.5));
    assertThat(link.student().hidden()).containsExactly(4);
    assertThat(link.evaluation().baseline()).isFalse();
    assertThat(load("{ name = a, evaluation.baseline = true }").link("a").evaluation().baseline())
        .isTrue();
  }

  @Test
  void settingsOfTheCommandLineReachAllLinksThatDoNotNameThem() {
    LoadedConfig loaded =
        ConfigLoader.fromText(
            WHOLE.formatted("{ name = a, training.epochs = 3 }"),
            "main.conf",
            List.of("output=other", "training.epochs=9", "training.seed=5"));

    assertThat(loaded.link("a").output()).isEqualTo("other/chain/a");
    assertThat(loaded.link("a").training().epochs()).isEqualTo(3);
    assertThat(loaded.link("a").training().seed()).isEqualTo(5);
    assertThat(loaded.config().training().epochs()).isEqualTo(9);
  }

  @Test
  void namesAllProblemsOfAllLinksAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    "{ name = a, output = there, training.epochs = 0 },"
                        + " { name = a, student.hiden = [3], heads = [] }, { name = \"Not this\" }"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("chain[0].output (main.conf:7): no such key in a link")
        .hasMessageContaining("chain[0].training.epochs (main.conf:7): expected")
        .hasMessageContaining("chain[1].name (main.conf:7): expected a name of its own")
        .hasMessageContaining("chain[1].heads (main.conf:7): no such key in a link")
        .hasMessageContaining("chain[1].student.hiden (main.conf:7): no such key, did you mean")
        .hasMessageContaining("chain[2].name (main.conf:7): expected a name of its own");
  }

  @Test
  void saysOnceWhatIsWrongInWhatLinksShare() {
    assertThatThrownBy(
            () ->
                ConfigLoader.fromText(
                    WHOLE.formatted("{ name = a }, { name = b }"),
                    "main.conf",
                    List.of("training.batchSize=0")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it has a problem:")
        .hasMessageNotContainingAny("chain[");
  }

  @Test
  void refusesALinkThatDoesNotExist() {
    LoadedConfig loaded = load("{ name = a }");
    assertThatThrownBy(() -> loaded.link("b"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot use link b, the chain has no such link: [a]. Give one of these, or none for the"
                + " last student.");
  }

  @Test
  void refusesAChainThatIsNoList() {
    assertThatThrownBy(
            () -> ConfigLoader.fromText(WHOLE.formatted(""), "main.conf", List.of("chain=a")))
        .hasMessageContaining("chain (--set chain): expected a list of blocks");
    assertThatThrownBy(() -> load("a"))
        .hasMessageContaining("chain[0] (main.conf:7): expected a block");
  }

  private static TeacherSource teacher(DistillConfig config) {
    return config.teachers().get(0).source();
  }

  private static LoadedConfig load(String links) {
    return ConfigLoader.fromText(WHOLE.formatted(links), "main.conf", List.of());
  }
}
