package io.sparkdistill.report;

/**
 * A number beside an axis.
 *
 * @param at pixels
 * @param label the number
 */
record Tick(String at, String label) {}
