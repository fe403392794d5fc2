package io.sparkdistill.bench;

/**
 * One measurement.
 *
 * @param parameters of the student
 * @param executors of one core and one worker each
 * @param averaging seconds of a round beside its steps
 * @param step seconds of one local step
 * @param bytes that a round sends over the network, all executors together
 */
record ScalePoint(int parameters, int executors, double averaging, double step, long bytes) {}
