/**
 * Labelled examples: where they are read from, which part of which file each task reads, that rows
 * are what they must be, and a digest that tells whether they are the same rows as before, whatever
 * their order or files. Imports {@code diagnosis}, {@code storage}, {@code config}, {@code math},
 * {@code failure}; Spark and Hadoop.
 */
package io.sparkdistill.examples;
