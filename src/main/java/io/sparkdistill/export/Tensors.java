package io.sparkdistill.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import org.nd4j.shade.protobuf.ByteString;

/** Tensors whose numbers are embedded, little-endian, as ONNX has them. Stateless. */
final class Tensors {
  private Tensors() {}

  static TensorProto of(String name, float[] values, long... dims) {
    ByteBuffer bytes = room(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return tensor(name, DataType.FLOAT, bytes, dims);
  }

  static TensorProto of(String name, int[] values, long... dims) {
    ByteBuffer bytes = room(values.length, Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return tensor(name, DataType.INT32, bytes, dims);
  }

  static TensorProto of(String name, long[] values, long... dims) {
    ByteBuffer bytes = room(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return tensor(name, DataType.INT64, bytes, dims);
  }

  static TensorProto of(String name, byte[] values, DataType type, long... dims) {
    return tensor(name, type, ByteBuffer.wrap(values), dims);
  }

  /** The numbers of a tensor that {@link #of(String, float[], long...)} made. */
  static float[] floats(TensorProto tensor) {
    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private static ByteBuffer room(int values, int bytes) {
    return ByteBuffer.allocate(Math.multiplyExact(values, bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto tensor(String name, DataType type, ByteBuffer bytes, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor.build();
  }
}
