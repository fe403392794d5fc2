package io.sparkdistill.export;

import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import org.nd4j.shade.protobuf.ByteString;

/** Attributes of a node. Stateless. */
final class Attributes {
  private Attributes() {}

  static AttributeProto of(String name, long value) {
    return named(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto of(String name, double value) {
    return named(name, AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto of(String name, String value) {
    return named(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto of(String name, int... values) {
    AttributeProto.Builder attribute = named(name, AttributeType.INTS);
    for (int value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
