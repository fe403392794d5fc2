/**
 * The stages that make other files of a student and that judge it, beside its baseline, its pruned
 * and int8 forms and what is in use. Imports {@code pipeline.students}, {@code pipeline.labelling},
 * {@code pipeline.run}, {@code evaluation}, {@code export}, {@code softtargets}, {@code teacher},
 * {@code student}, {@code examples}, {@code storage}, {@code config}, {@code math}, {@code
 * failure}; Spark and Hadoop.
 */
package io.sparkdistill.pipeline.judging;
