package io.sparkdistill.export;

import io.sparkdistill.config.ExportConfig;
import io.sparkdistill.student.NativeBackend;
import io.sparkdistill.teacher.OnnxFile;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Networks of random weights that end in the logits of three classes. */
final class TestNetworks {
  static final int CLASSES = 3;

  private TestNetworks() {}

  static MultiLayerNetwork of(InputType input, Layer... layers) {
    NativeBackend.choose();
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(5).weightInit(WeightInit.XAVIER).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            list.layer(
                    new OutputLayer.Builder(new LossMSE())
                        .nOut(CLASSES)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(input)
                .build());
    network.init();
    // Biases are zeros at first, and hide mistakes.
    Random random = new Random(3);
    float[] parameters = network.params().dup('c').data().asFloat();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.05f * (float) random.nextGaussian();
    }
    network.setParams(Nd4j.create(parameters, new long[] {1, parameters.length}, 'c'));
    return network;
  }

  static OnnxFile written(MultiLayerNetwork network, int width) {
    return new OnnxFile(
        StudentOnnx.write(
            network, "the student", ExportConfig.Head.LOGITS, width, CLASSES, new TreeMap<>()),
        "student.onnx",
        width,
        CLASSES);
  }

  static float[] rows(int count, int width) {
    Random random = new Random(7);
    float[] rows = new float[count * width];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    return rows;
  }

  static float[] logits(MultiLayerNetwork network, float[] rows, int count) {
    return network
        .output(Nd4j.create(rows, new long[] {count, rows.length / count}, 'c'), false)
        .dup('c')
        .data()
        .asFloat();
  }
}
