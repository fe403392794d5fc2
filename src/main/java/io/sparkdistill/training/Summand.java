package io.sparkdistill.training;

import java.io.Serializable;

/**
 * What can be added up.
 *
 * @param <T> itself
 */
interface Summand<T extends Summand<T>> extends Serializable {
  T plus(T other);
}
