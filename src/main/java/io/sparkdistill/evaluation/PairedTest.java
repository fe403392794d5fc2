package io.sparkdistill.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How McNemar's test finds its probability. */
public enum PairedTest {
  /** The binomial distribution of the rows where one model is right and the other one is not. */
  @JsonProperty("exact")
  EXACT,
  /** The chi-square distribution with one degree of freedom, for many such rows. */
  @JsonProperty("chi-square")
  CHI_SQUARE
}
