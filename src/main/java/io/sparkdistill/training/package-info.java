/**
 * Training by parameter averaging: workers take local steps from the same parameters, their results
 * are averaged by the samples each has seen, and that again (McDonald, Hall and Mann, "Distributed
 * Training Strategies for the Structured Perceptron", 2010, iterative parameter mixing). The state
 * between two rounds is kept in checkpoints. Imports {@code training.rows}, {@code layers}, {@code
 * student}, {@code objective}, {@code examples}, {@code storage}, {@code config}, {@code math},
 * {@code failure}; Spark, Deeplearning4j and ND4J.
 */
package io.sparkdistill.training;
