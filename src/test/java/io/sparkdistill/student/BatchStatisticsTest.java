package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The places that are found are those where Deeplearning4j keeps what it saw. */
class BatchStatisticsTest {
  @BeforeAll
  static void chooseBackend() {
    NativeBackend.choose();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void placesAreThoseOfMeansAndVariances(boolean lockGammaBeta) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new DenseLayer.Builder().nOut(4).build())
            .layer(
                new BatchNormalization.Builder()
                    .useLogStd(false)
                    .lockGammaBeta(lockGammaBeta)
                    .build())
            .layer(new DenseLayer.Builder().nOut(3).build())
            .layer(new BatchNormalization.Builder().lockGammaBeta(lockGammaBeta).build())
            .layer(new OutputLayer.Builder().nOut(2).build())
            .setInputType(InputType.feedForward(5))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.params().assign(0);
    network.getLayer(1).getParam("mean").assign(7);
    network.getLayer(1).getParam("var").assign(7);
    network.getLayer(3).getParam("mean").assign(7);
    network.getLayer(3).getParam("log10stdev").assign(7);

    BitSet places = BatchStatistics.of(configuration);

    INDArray parameters = network.params();
    for (int i = 0; i < parameters.length(); i++) {
      assertThat(places.get(i)).as("%s", i).isEqualTo(parameters.getFloat(i) == 7);
    }
    assertThat(places.cardinality()).isEqualTo(14);
  }
}
