package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The same numbers as Deeplearning4j's own, in parameters and in state. */
class FlatAdamTest {
  private static final int WIDTH = 70;
  private static final int CLASSES = 4;

  @BeforeAll
  static void choose() {
    NativeBackend.choose();
  }

  @Test
  void twentyStepsOfANetworkEqualTheStockUpdaters() {
    Adam adam = Adam.builder().learningRateSchedule(new CosineSchedule(0.01, 20)).build();
    MultiLayerNetwork stock = trained(adam);
    MultiLayerNetwork flat = trained(new FlatAdam(adam));

    assertThat(difference(stock.params(), flat.params())).isCloseTo(0, within(1e-5));
    assertThat(
            difference(
                stock.getUpdater().getStateViewArray(), flat.getUpdater().getStateViewArray()))
        .isCloseTo(0, within(1e-5));
    assertThat(flat.numParams()).isGreaterThan(4096);
  }

  @Test
  void isNotWhatIsPublished() {
    assertThat(new FlatAdam(new Adam(0.01)).clone()).isEqualTo(new FlatAdam(new Adam(0.01)));
    assertThat(new FlatAdam(new Adam(0.01)).stateSize(7)).isEqualTo(14);
  }

  private static double difference(INDArray a, INDArray b) {
    return a.sub(b).amaxNumber().doubleValue();
  }

  private static MultiLayerNetwork trained(IUpdater updater) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(updater)
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(WIDTH)
                        .nOut(61)
                        .activation(Activation.TANH)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(61)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    Random random = new Random(5);
    for (int step = 0; step < 20; step++) {
      INDArray features = Nd4j.create(8, WIDTH);
      INDArray labels = Nd4j.create(8, CLASSES);
      for (int row = 0; row < 8; row++) {
        labels.putScalar(row, random.nextInt(CLASSES), 1);
        for (int i = 0; i < WIDTH; i++) {
          features.putScalar(row, i, random.nextGaussian());
        }
      }
      network.fit(features, labels);
    }
    return network;
  }
}
