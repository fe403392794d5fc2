/**
 * The stages for other people: the report, and the release with its model card; and the way back to
 * an earlier release. Imports {@code pipeline.judging}, {@code pipeline.trials}, {@code
 * pipeline.students}, {@code pipeline.labelling}, {@code pipeline.run}, {@code report}, {@code
 * tuning}, {@code release}, {@code evaluation}, {@code export}, {@code softtargets}, {@code
 * teacher}, {@code storage}, {@code config}, {@code text}, {@code failure}; Spark and Hadoop.
 */
package io.sparkdistill.pipeline.publishing;
