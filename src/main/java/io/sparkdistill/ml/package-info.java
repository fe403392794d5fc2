/**
 * Use from Spark, without the command line: a student as a Spark ML model and as SQL functions, and
 * an estimator that labels and trains. Imports {@code pipeline}, {@code pipeline.run}, {@code
 * release}, {@code student}, {@code examples}, {@code storage}, {@code config.reading}, {@code
 * config}, {@code math}, {@code failure}; Spark with its MLlib and Hadoop.
 */
package io.sparkdistill.ml;
