/**
 * What a model is worth: errors, calibration, fidelity to its teacher, and what of that may be
 * chance. Sums of parts add up to those of the whole, so that one distributed pass judges all
 * models on the whole test set and on slices of it. Imports {@code softtargets}, {@code teacher},
 * {@code student}, {@code examples}, {@code columnar}, {@code storage}, {@code config}, {@code
 * math}, {@code failure}; Spark, Hadoop, Jackson and Commons Math.
 */
package io.sparkdistill.evaluation;
