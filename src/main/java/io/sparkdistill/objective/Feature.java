package io.sparkdistill.objective;

import java.io.Serializable;

/**
 * A hidden layer of the student that is compared with a tensor inside the teacher.
 *
 * @param name for people and metrics
 * @param layer its number among the network's layers, from 0
 * @param tensor its number among those that rows carry, from 0
 * @param weight of the comparison in the loss, greater than 0
 * @param loss how they are compared
 */
public record Feature(String name, int layer, int tensor, double weight, FeatureLoss loss)
    implements Serializable {}
