package io.sparkdistill.training;

import java.io.Serializable;

/**
 * What can be added up.
 *
 * @param <T> itself
 */
interface Summand<T extends Summand<T>> extends Serializable {
  /** The sum, which takes this summand over: it must not be used any more. */
  T plus(T other);
}
