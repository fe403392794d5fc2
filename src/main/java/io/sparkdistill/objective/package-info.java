/**
 * What a student minimises. A {@link io.sparkdistill.objective.SoftLoss} compares it with its
 * teacher, each with its paper; an {@link io.sparkdistill.objective.Objective} mixes that with
 * cross-entropy; a {@link io.sparkdistill.objective.JointObjective} adds up those of several heads;
 * an {@link io.sparkdistill.objective.Evaluator} computes them on plain arrays, and {@link
 * io.sparkdistill.objective.ObjectiveLoss} is all of it as one Deeplearning4j loss function. {@link
 * io.sparkdistill.objective.Features} compare hidden layers beside that, each by a {@link
 * io.sparkdistill.objective.FeatureLoss}. Imports {@code config}; ND4J.
 */
package io.sparkdistill.objective;
