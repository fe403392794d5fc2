/**
 * Labelled examples: where they are read from, that they are what they must be, and a digest that
 * tells whether they are the same rows as before, whatever their order or files. Imports {@code
 * config}, {@code storage}, {@code failure} and Spark.
 */
package io.sparkdistill.examples;
