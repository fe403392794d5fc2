/**
 * Moves the output biases of a student that was trained until each class is predicted as often as
 * it is a label (Hinton, Vinyals and Dean, 2015, section 3). Imports {@code softtargets}, {@code
 * student}, {@code math}, {@code failure}; Spark.
 */
package io.sparkdistill.training.frequency;
