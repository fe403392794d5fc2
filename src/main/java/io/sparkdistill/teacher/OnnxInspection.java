package io.sparkdistill.teacher;

import io.sparkdistill.failure.BadInputException;
import java.util.List;
import onnx.Onnx;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * Looks through an ONNX model as plain data: refuses what is no model and what would make the
 * runtime open other files (external data has led to reads outside the model's folder more than
 * once). Stateless and thread-safe.
 */
final class OnnxInspection {
  private OnnxInspection() {}

  /** Inspects a model and counts the numbers in its initialisers. */
  static long countParameters(byte[] bytes, String place) {
    Onnx.ModelProto model;
    try {
      model = Onnx.ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new BadInputException(
          "Cannot open teacher "
              + place
              + ", it is no ONNX model or was cut short: "
              + e.getMessage()
              + " Export it again.",
          e);
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new BadInputException(
          "Cannot open teacher "
              + place
              + ", it is no ONNX model: it has no graph. Export it again.");
    }
    for (Onnx.FunctionProto function : model.getFunctionsList()) {
      inspect(function.getNodeList(), place);
    }
    return inspect(model.getGraph(), place);
  }

  private static long inspect(Onnx.GraphProto graph, String place) {
    long parameters = 0;
    for (Onnx.TensorProto tensor : graph.getInitializerList()) {
      refuseExternal(tensor, place);
      parameters += size(tensor);
    }
    for (Onnx.SparseTensorProto sparse : graph.getSparseInitializerList()) {
      refuseExternal(sparse.getValues(), place);
      refuseExternal(sparse.getIndices(), place);
      parameters += size(sparse.getValues());
    }
    return parameters + inspect(graph.getNodeList(), place);
  }

  private static long inspect(List<Onnx.NodeProto> nodes, String place) {
    long parameters = 0;
    for (Onnx.NodeProto node : nodes) {
      for (Onnx.AttributeProto attribute : node.getAttributeList()) {
        parameters += inspect(attribute, place);
      }
    }
    return parameters;
  }

  private static long inspect(Onnx.AttributeProto attribute, String place) {
    long parameters = 0;
    refuseExternal(attribute.getT(), place);
    attribute.getTensorsList().forEach(tensor -> refuseExternal(tensor, place));
    refuseExternal(attribute.getSparseTensor().getValues(), place);
    refuseExternal(attribute.getSparseTensor().getIndices(), place);
    for (Onnx.SparseTensorProto sparse : attribute.getSparseTensorsList()) {
      refuseExternal(sparse.getValues(), place);
      refuseExternal(sparse.getIndices(), place);
    }
    if (attribute.hasG()) {
      parameters += inspect(attribute.getG(), place);
    }
    for (Onnx.GraphProto graph : attribute.getGraphsList()) {
      parameters += inspect(graph, place);
    }
    return parameters;
  }

  private static void refuseExternal(Onnx.TensorProto tensor, String place) {
    if (tensor.getDataLocation() == Onnx.TensorProto.DataLocation.EXTERNAL
        || tensor.getExternalDataCount() > 0) {
      throw new BadInputException(
          "Cannot open teacher "
              + place
              + ", its tensor '"
              + tensor.getName()
              + "' is external data, in another file. Export the model with its weights embedded.");
    }
  }

  private static long size(Onnx.TensorProto tensor) {
    long size = 1;
    for (long dim : tensor.getDimsList()) {
      size *= dim;
    }
    return size;
  }
}
