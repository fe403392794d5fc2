package io.sparkdistill.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.student.CosineSchedule;
import io.sparkdistill.student.NativeBackend;
import java.util.Random;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The stock updater where its state is younger than the training. */
class StockUpdateTest {
  private static final int ROWS = 8;
  private static final int WIDTH = 6;
  private static final int CLASSES = 3;
  private static final int STEPS_BEFORE = 400;

  @BeforeAll
  static void chooseLibrary() {
    NativeBackend.choose();
  }

  @Test
  void adamWhoseStateWasBegunAnewCorrectsItsBiasByItsOwnUpdates() {
    for (IUpdater adam :
        new IUpdater[] {
          Adam.builder().learningRateSchedule(new CosineSchedule(0.01, 1000)).build(),
          new Adam(0.01)
        }) {
      // A limit that is never reached, which only the stock updater knows.
      float[] stock = trained(adam, GradientNormalization.ClipElementWiseAbsoluteValue);
      float[] fused = trained(adam, GradientNormalization.None);
      for (int i = 0; i < fused.length; i++) {
        assertThat(stock[i]).isCloseTo(fused[i], within(1e-5f));
      }
    }
  }

  private static float[] trained(IUpdater updater, GradientNormalization normalization) {
    TrainingNetwork network = TrainingNetwork.of(network(updater, normalization));
    Random random = new Random(1);
    for (int step = 0; step < 3; step++) {
      float[] features = new float[ROWS * WIDTH];
      float[] targets = new float[ROWS * CLASSES];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) random.nextGaussian();
      }
      for (int row = 0; row < ROWS; row++) {
        targets[row * CLASSES + random.nextInt(CLASSES)] = 1;
      }
      network.step(
          Nd4j.create(features, new long[] {ROWS, WIDTH}, 'c'),
          targets,
          new Step(STEPS_BEFORE + step, step, step));
    }
    return network.parameters();
  }

  private static MultiLayerConfiguration network(
      IUpdater updater, GradientNormalization normalization) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(updater)
        .gradientNormalization(normalization)
        .gradientNormalizationThreshold(1e6)
        .list()
        .layer(new DenseLayer.Builder().nIn(WIDTH).nOut(5).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(5)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }
}
