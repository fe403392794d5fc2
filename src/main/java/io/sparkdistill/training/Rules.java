package io.sparkdistill.training;

/**
 * What happens between two rounds.
 *
 * @param outer the step from a round's mean to the next round's parameters
 * @param validation which student is the best, and when none will be better
 * @param explodedLoss times the lowest loss at which training stops; 0 for never
 */
record Rules(OuterStep outer, Validation validation, double explodedLoss) {}
