/**
 * Teachers: opened safely, named by what they are, scored in batches, combined where there are
 * several. An ONNX file is inspected as data before ONNX Runtime sees it. A teacher may be a
 * student that was published before: this is why {@code student} stands below. Imports {@code
 * student}, {@code examples}, {@code storage}, {@code config}, {@code math}, {@code failure}; ONNX
 * Runtime, the ONNX message classes that ND4J carries, Deeplearning4j and Hadoop; nothing of Spark.
 */
package io.sparkdistill.teacher;
