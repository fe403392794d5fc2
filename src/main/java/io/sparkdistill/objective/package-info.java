/**
 * What a student minimises: the losses, each as plain arithmetic on one row and as a Deeplearning4j
 * loss function around it, each with its paper. Imports {@code config}, {@code math} and ND4J.
 */
package io.sparkdistill.objective;
