package io.sparkdistill.examples;

import java.io.Serializable;

/**
 * One row that was accepted.
 *
 * @param id its name, unique in its table
 * @param label its class, 0 to C - 1
 * @param features its input, of the table's width
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
public record Example(String id, int label, float[] features) implements Serializable {}
