/**
 * The local step of training: a Deeplearning4j network's forward pass, gradient and update, with
 * layers of our own in the place of stock ones where they are faster. They work on the network's
 * own parameter and gradient views and give the same numbers; what has no fast layer runs on the
 * stock one, in the same network, and what is saved knows nothing of them. Imports {@code student},
 * {@code objective}, Deeplearning4j and ND4J.
 */
package io.sparkdistill.layers;
