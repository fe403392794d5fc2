/**
 * What a model is worth: errors, calibration, fidelity to its teacher. Sums of parts add up to
 * those of the whole, so that one distributed pass judges all models. Imports {@code student},
 * {@code softtargets}, {@code math}, {@code config}, {@code failure}, Commons Math and Spark.
 */
package io.sparkdistill.evaluation;
