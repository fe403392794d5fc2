package io.sparkdistill.config;

/**
 * A head of a student that has several: labels and teachers of its own, and an output below that of
 * the whole, which looks as that of a student of one head does.
 *
 * @param name among the heads
 * @param weight of its objective in the sum that the student minimises, greater than 0
 * @param config of the head, complete; network and training are those of all heads
 * @param recipe that gives it again
 */
public record HeadConfig(String name, double weight, DistillConfig config, Recipe recipe) {}
