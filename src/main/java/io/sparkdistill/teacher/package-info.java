/**
 * The teacher: opened safely, named by what it is, scored in batches. An ONNX file is inspected as
 * data before ONNX Runtime sees it. A teacher may be a student that was published before: this is
 * why {@code student} stands below. Imports {@code student}, {@code examples}, {@code config},
 * {@code storage}, {@code failure}, ONNX Runtime and the ONNX message classes that ND4J carries;
 * nothing of Spark.
 */
package io.sparkdistill.teacher;
