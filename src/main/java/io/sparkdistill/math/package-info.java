/**
 * Numerics of distributions over classes: softmax at a temperature, log-sum-exp, Kullback-Leibler
 * divergence, half-precision numbers. Pure Java in double precision, stateless, thread-safe; knows
 * no other package.
 */
package io.sparkdistill.math;
