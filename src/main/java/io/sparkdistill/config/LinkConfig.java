package io.sparkdistill.config;

/**
 * A link of a chain: a distillation of its own, whose student teaches the next one.
 *
 * @param name among the links
 * @param config of the link, complete; its output is below that of the chain
 * @param recipe that gives it again
 */
public record LinkConfig(String name, DistillConfig config, Recipe recipe) {}
