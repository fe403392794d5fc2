/**
 * The teacher: opened safely, named by its SHA-256, scored in batches. An ONNX file is inspected as
 * data before ONNX Runtime sees it. Imports {@code config}, {@code storage}, {@code failure}, ONNX
 * Runtime and the ONNX message classes that ND4J carries; nothing of Spark.
 */
package io.sparkdistill.teacher;
