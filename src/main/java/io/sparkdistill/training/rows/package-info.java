/**
 * The rows that students learn from, where and as they lie with the executors: which worker has
 * which, kept in memory, on disk or read again, in which order each epoch sees them, and which are
 * held out. Imports {@code layers}, {@code softtargets}, {@code teacher}, {@code objective}, {@code
 * examples}, {@code config}, {@code math}, {@code failure}; Spark and ND4J.
 */
package io.sparkdistill.training.rows;
