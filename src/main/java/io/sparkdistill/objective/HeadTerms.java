package io.sparkdistill.objective;

import java.io.Serializable;

/**
 * What the terms of one head's objective were on some rows, without the head's weight. Immutable.
 *
 * @param name of the head
 * @param terms of its objective
 */
public record HeadTerms(String name, Terms terms) implements Serializable {
  HeadTerms plus(HeadTerms other) {
    return new HeadTerms(name, terms.plus(other.terms));
  }
}
