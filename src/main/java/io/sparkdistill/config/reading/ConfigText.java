package io.sparkdistill.config.reading;

import java.util.Optional;

/**
 * A configuration as text, wherever it comes from.
 *
 * @param text HOCON
 * @param origin what messages call it
 * @param includes what it may include
 */
public record ConfigText(String text, String origin, Includes includes) {
  /** Finds what a text includes. */
  public interface Includes {
    /**
     * One of them.
     *
     * @param name as it is written in the text
     * @return empty if there is no such thing
     */
    Optional<ConfigText> find(String name);
  }
}
