/**
 * Parquet files that are written column by column. Parquet's own record writer handles each number
 * of a list by itself, with its levels, which costs more than a small teacher; here a row's numbers
 * are copied at once, and their levels are known from their count. Whoever writes such a file for a
 * task that may fail makes it an {@link AttemptFile}. Imports {@code storage}, {@code failure};
 * Hadoop and Parquet.
 */
package io.sparkdistill.columnar;
