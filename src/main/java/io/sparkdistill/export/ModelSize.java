package io.sparkdistill.export;

import java.util.List;

/**
 * How large and how fast a model is, as an ONNX file in ONNX Runtime.
 *
 * @param name of it
 * @param file that was published; null for teachers
 * @param bytes of its file
 * @param parameters numbers that were learned
 * @param multiplyAdds multiplications with their additions for a row; null where it has operators
 *     that are not counted
 * @param latency on one thread, by the size of the batch; empty where it was not measured
 * @param maxDifference of its logits from those of Deeplearning4j on the test set; null for
 *     teachers and for int8, which is another model
 */
public record ModelSize(
    String name,
    String file,
    long bytes,
    long parameters,
    Long multiplyAdds,
    List<Latency> latency,
    Double maxDifference) {
  /** Copies the list. */
  public ModelSize {
    latency = List.copyOf(latency);
  }
}
