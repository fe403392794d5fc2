package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

/** From the first rate to zero along half a cosine. */
class CosineScheduleTest {
  static {
    NativeBackend.choose();
  }

  private final CosineSchedule schedule = new CosineSchedule(0.4, 100);

  @Test
  void beginsWithTheInitialRateHalvesInTheMiddleAndEndsAtZero() {
    assertThat(schedule.valueAt(0, 0)).isEqualTo(0.4);
    assertThat(schedule.valueAt(50, 0)).isCloseTo(0.2, within(1e-15));
    assertThat(schedule.valueAt(100, 0)).isZero();
  }

  @Test
  void staysAtZeroAfterTheLastStep() {
    assertThat(schedule.valueAt(101, 3)).isZero();
    assertThat(schedule.valueAt(Integer.MAX_VALUE, 3)).isZero();
  }

  @Test
  void falls() {
    for (int step = 0; step < 100; step++) {
      assertThat(schedule.valueAt(step + 1, 0)).isLessThan(schedule.valueAt(step, 0));
    }
  }

  @Test
  void epochsDoNotMatter() {
    assertThat(schedule.valueAt(30, 7)).isEqualTo(schedule.valueAt(30, 0));
  }

  @Test
  void copyIsEqual() {
    assertThat(schedule.clone())
        .isNotSameAs(schedule)
        .usingRecursiveComparison()
        .isEqualTo(schedule);
  }

  @Test
  void survivesJsonInsideAConfiguration() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(schedule))
            .list()
            .layer(new DenseLayer.Builder().nIn(1).nOut(1).build())
            .build();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    BaseLayer layer = (BaseLayer) read.getConf(0).getLayer();
    assertThat(((Sgd) layer.getIUpdater()).getLearningRateSchedule())
        .usingRecursiveComparison()
        .isEqualTo(schedule);
  }
}
