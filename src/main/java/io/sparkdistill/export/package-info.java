/**
 * Students for services and phones: as ONNX files, with int8 weights, with fewer units, and how
 * large and fast they are beside their teacher. Plain classes; the runtime is asked through {@code
 * teacher}, which is the one package that knows it. Imports {@code teacher}, {@code storage},
 * {@code config}, {@code math}, {@code software}, {@code failure}; the ONNX message classes that
 * ND4J carries, Deeplearning4j, ND4J and Jackson; nothing of Spark.
 */
package io.sparkdistill.export;
