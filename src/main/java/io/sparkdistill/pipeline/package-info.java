/**
 * What each command does, in order: stages of one student, of a chain, of heads side by side; what
 * is looked at before anything is computed; which caches go. Imports {@code pipeline.publishing},
 * {@code pipeline.judging}, {@code pipeline.trials}, {@code pipeline.students}, {@code
 * pipeline.labelling}, {@code pipeline.run}, {@code evaluation}, {@code export}, {@code
 * training.rows}, {@code softtargets}, {@code student}, {@code examples}, {@code storage}, {@code
 * config}, {@code failure}; Spark and Hadoop.
 */
package io.sparkdistill.pipeline;
