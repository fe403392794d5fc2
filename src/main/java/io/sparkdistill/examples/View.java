package io.sparkdistill.examples;

import java.io.Serializable;

/**
 * What a teacher is shown of a row.
 *
 * @param example with the input as it is shown
 * @param number which of the row's views it is, from 0
 * @param seed of what is random in it; 0 for a row as it is
 */
public record View(Example example, int number, long seed) implements Serializable {}
