/**
 * The stages that ask teachers: what a cache is bound to, which rows no shard covers, a plan by
 * splits of the input, and the published answers of all teachers for later stages. Imports {@code
 * pipeline.run}, {@code evaluation}, {@code training.rows}, {@code softtargets}, {@code
 * softtargets.codec}, {@code teacher}, {@code examples}, {@code storage}, {@code config}, {@code
 * failure}; Spark and Hadoop.
 */
package io.sparkdistill.pipeline.labelling;
