package io.sparkdistill.examples;

/**
 * What a complete look at a table found.
 *
 * @param rows how many there are, at least 1
 * @param width numbers in every row's features
 * @param sha256 digest of all rows, independent of their order and files
 */
public record ExamplesSummary(long rows, int width, String sha256) {}
