package io.sparkdistill.report;

import io.sparkdistill.config.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * Where the models come from.
 *
 * @param facts groups of what is known, in the order in which they are shown
 * @param recipe the configuration, and the command that gave it; empty where nobody knows
 */
public record Provenance(List<Facts> facts, Optional<Recipe> recipe) {
  /** Copies the list. */
  public Provenance {
    facts = List.copyOf(facts);
  }

  /**
   * What is known of one thing.
   *
   * @param about what it is
   * @param facts in order
   */
  public record Facts(String about, List<Fact> facts) {
    /** Copies the list. */
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /**
   * One thing that is known.
   *
   * @param name of it
   * @param value any text, without credentials
   */
  public record Fact(String name, String value) {}
}
