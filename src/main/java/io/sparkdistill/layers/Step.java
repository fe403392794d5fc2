package io.sparkdistill.layers;

/**
 * Which local step it is.
 *
 * @param iteration steps before it in the whole training, for schedules
 * @param updates that the updater's state has seen, for Adam's correction of its bias
 */
public record Step(int iteration, int updates) {}
