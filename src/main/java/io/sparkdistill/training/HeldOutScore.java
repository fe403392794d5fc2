package io.sparkdistill.training;

/**
 * What a student is worth on rows that are held out.
 *
 * @param loss mean of the objective over these rows, in nats
 * @param accuracy share of those with a label whose most probable class it is, 0 to 1; NaN where
 *     none has one
 */
record HeldOutScore(double loss, double accuracy) {}
