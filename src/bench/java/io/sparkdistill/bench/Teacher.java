package io.sparkdistill.bench;

import java.nio.file.Path;

/**
 * A model to measure with.
 *
 * @param name short, for tables
 * @param onnx input {@code features}, float32 [n, 784]; output {@code logits}, float32 [n, 10]
 */
record Teacher(String name, Path onnx) {
  static final String INPUT = "features";
  static final String OUTPUT = "logits";
  static final int WIDTH = 784;
  static final int CLASSES = 10;
  static final int BATCH = 256;
}
