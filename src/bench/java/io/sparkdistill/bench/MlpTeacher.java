package io.sparkdistill.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A network of dense layers with ReLU as an ONNX file. Its weights are random: what it answers is
 * worth nothing, what it costs is what a trained one costs.
 */
final class MlpTeacher {
  private static final int[] LAYERS = {Teacher.WIDTH, 1200, 1200, Teacher.CLASSES};
  private static final long SEED = 7;

  private MlpTeacher() {}

  static Path write(Path file) throws IOException {
    Onnx.GraphProto.Builder graph =
        Onnx.GraphProto.newBuilder()
            .setName("mlp")
            .addInput(value(Teacher.INPUT, Teacher.WIDTH))
            .addOutput(value(Teacher.OUTPUT, Teacher.CLASSES));
    Random random = new Random(SEED);
    String from = Teacher.INPUT;
    for (int layer = 1; layer < LAYERS.length; layer++) {
      boolean last = layer == LAYERS.length - 1;
      String sums = last ? Teacher.OUTPUT : "sums" + layer;
      // He and others, "Delving Deep into Rectifiers", equation 10: keeps activations in range.
      double scale = Math.sqrt(2.0 / LAYERS[layer - 1]);
      graph.addInitializer(
          gaussian("weights" + layer, random, scale, LAYERS[layer - 1], LAYERS[layer]));
      graph.addInitializer(gaussian("biases" + layer, random, 0, LAYERS[layer]));
      graph.addNode(node("Gemm", sums, from, "weights" + layer, "biases" + layer));
      if (!last) {
        from = "activations" + layer;
        graph.addNode(node("Relu", from, sums));
      }
    }
    byte[] model =
        Onnx.ModelProto.newBuilder()
            .setIrVersion(7)
            .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(13))
            .setGraph(graph)
            .build()
            .toByteArray();
    return Files.write(file, model);
  }

  private static Onnx.NodeProto node(String type, String output, String... inputs) {
    Onnx.NodeProto.Builder node =
        Onnx.NodeProto.newBuilder().setName(output).setOpType(type).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.build();
  }

  private static Onnx.TensorProto gaussian(String name, Random random, double scale, int... shape) {
    Onnx.TensorProto.Builder tensor =
        Onnx.TensorProto.newBuilder()
            .setName(name)
            .setDataType(Onnx.TensorProto.DataType.FLOAT.getNumber());
    int count = 1;
    for (int size : shape) {
      tensor.addDims(size);
      count *= size;
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((float) (scale * random.nextGaussian()));
    }
    return tensor.setRawData(ByteString.copyFrom(bytes.array())).build();
  }

  private static Onnx.ValueInfoProto value(String name, int columns) {
    Onnx.TensorShapeProto shape =
        Onnx.TensorShapeProto.newBuilder()
            .addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
            .addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(Onnx.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
