/**
 * The stage that tunes: trials on rows held out, several at once, each with an output of its own.
 * Imports {@code pipeline.students}, {@code pipeline.labelling}, {@code pipeline.run}, {@code
 * tuning}, {@code evaluation}, {@code training}, {@code training.rows}, {@code softtargets}, {@code
 * student}, {@code objective}, {@code examples}, {@code storage}, {@code config}, {@code failure};
 * Spark and Hadoop.
 */
package io.sparkdistill.pipeline.trials;
