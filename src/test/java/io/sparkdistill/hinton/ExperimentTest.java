package io.sparkdistill.hinton;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.config.TransferSetConfig;
import io.sparkdistill.config.reading.LoadedConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each training of the experiment is told. */
class ExperimentTest {
  private static final Path CONF = Path.of(System.getProperty("distill.root"), "conf");

  @ParameterizedTest
  @ValueSource(strings = {"hinton-mnist.conf", "hinton-quick.conf"})
  void everyVariantIsAConfigurationOfItsOwn(String conf) {
    Experiment experiment = experiment(conf);
    List<Variant> variants = experiment.variants(1);
    assertThat(variants).extracting(Variant::name).doesNotHaveDuplicates().hasSize(21);
    assertThat(variants).extracting(experiment::configuration).doesNotHaveDuplicates();
    assertThat(variants)
        .allSatisfy(
            variant ->
                assertThat(experiment.config(variant, 3).config().output())
                    .startsWith("out/seed-3"));
    assertThat(experiment.variants(2)).containsExactly(Variant.main());
  }

  @Test
  void mainRowTeachesWhatTheTeacherLearnedFromLabels() {
    LoadedConfig main = experiment("hinton-mnist.conf").config(Variant.main(), 7);
    DistillConfig teacher = main.link("teacher");
    assertThat(teacher.hasTeacher()).isFalse();
    assertThat(teacher.training().seed()).isEqualTo(7);
    assertThat(teacher.student().hidden()).containsExactly(1200, 1200);
    assertThat(teacher.training().rounds().augmentation().shift()).isEqualTo(2);
    assertThat(main.config().training().seed()).isEqualTo(7);
    assertThat(main.config().training().rounds().augmentation().augments()).isFalse();
    assertThat(main.config().student().description())
        .isEqualTo("[800, 800], max norm 1.0, gain 0.2");
    assertThat(main.config().objective().temperature().from()).isEqualTo(20);
    assertThat(main.config().evaluation().baseline()).isTrue();
  }

  @Test
  void othersLearnFromTheSameTeacher() {
    DistillConfig sweep = config("t4-300");
    assertThat(sweep.teachers().get(0).source())
        .isEqualTo(new TeacherSource.Dl4j("out/seed-1/chain/teacher/student/student.zip"));
    assertThat(sweep.objective().temperature().from()).isEqualTo(4);
    assertThat(sweep.student().hidden()).containsExactly(300, 300);
    assertThat(sweep.training().epochs()).isEqualTo(config("t20-30").training().epochs());
    assertThat(sweep.evaluation().baseline()).isFalse();
    assertThat(config("t1-300").evaluation().baseline()).isTrue();
    assertThat(config("without-threes-matched").training().transferSet())
        .isEqualTo(new TransferSetConfig(Optional.of("label <> 3"), 1, List.of(3)));
    assertThat(config("sevens-and-eights").training().transferSet())
        .isEqualTo(new TransferSetConfig(Optional.of("label in (7, 8)"), 1, List.of()));
    assertThat(config("three-percent").training().transferSet().fraction()).isEqualTo(0.03);
    assertThat(config("three-percent").evaluation().baseline()).isTrue();
  }

  private static DistillConfig config(String name) {
    Experiment experiment = experiment("hinton-mnist.conf");
    return experiment.variants(1).stream()
        .filter(variant -> variant.name().equals(name))
        .map(variant -> experiment.config(variant, 1).config())
        .findFirst()
        .orElseThrow();
  }

  private static Experiment experiment(String conf) {
    return new Experiment(CONF.resolve(conf).toFile(), Path.of("out"), Path.of("mnist"));
  }
}
