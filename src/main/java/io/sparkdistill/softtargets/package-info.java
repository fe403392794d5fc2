/**
 * The cache: a teacher's logits beside the rows they belong to, in Parquet. Every row carries its
 * id and a hash of the input that the teacher saw; files are audited before a manifest publishes
 * them, and their checksums are looked at before anything is read from them. Imports {@code
 * teacher}, {@code examples}, {@code storage}, {@code math}, {@code config}, {@code failure} and
 * Spark.
 */
package io.sparkdistill.softtargets;
