/**
 * The local step of training: a Deeplearning4j network's forward pass, gradient and update, with
 * layers of our own in the place of stock ones where they are faster. They work on the network's
 * own parameter and gradient views and give the same numbers; what has no fast layer runs on the
 * stock one, in the same network, and what is saved knows nothing of them. Hidden layers may be
 * compared with a teacher's tensors on the way, through regressors that stand beside the network.
 * Imports {@code student}, {@code objective}, {@code math}; Deeplearning4j and ND4J.
 */
package io.sparkdistill.layers;
