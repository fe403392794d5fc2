/**
 * The cache: a teacher's logits beside the rows they belong to, in Parquet. A task labels one split
 * of the input and commits it as a shard of its own; a version lists shards. Every row carries its
 * id and a hash of the input that the teacher saw; ids are counted before a manifest publishes
 * files, and their checksums are looked at before a student learns from them. Imports {@code
 * softtargets.codec}, {@code teacher}, {@code examples}, {@code columnar}, {@code storage}, {@code
 * config}, {@code math}, {@code failure}; Spark, Hadoop and Parquet.
 */
package io.sparkdistill.softtargets;
