/**
 * The stages that train: what a training begins with and goes on from, one student, several heads
 * as one network, and what is told of its rounds. Imports {@code pipeline.labelling}, {@code
 * pipeline.run}, {@code evaluation}, {@code export}, {@code training}, {@code training.frequency},
 * {@code training.rows}, {@code softtargets}, {@code student}, {@code objective}, {@code storage},
 * {@code config}, {@code failure}; Spark, Hadoop and Metrics.
 */
package io.sparkdistill.pipeline.students;
