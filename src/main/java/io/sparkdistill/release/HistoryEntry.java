package io.sparkdistill.release;

/**
 * A change of the version that is in use.
 *
 * @param schemaVersion version of this format
 * @param number from 1, as in the file's name
 * @param version that came into use
 * @param event why
 * @param holder who did it, for people
 * @param at when, by that machine's clock, as ISO 8601 in UTC
 */
record HistoryEntry(
    int schemaVersion, int number, int version, Event event, String holder, String at) {
  static final int SCHEMA_VERSION = 1;

  /** What brings a version into use. */
  enum Event {
    /** It was published. */
    PUBLISHED,
    /** Somebody went back to it, or forward again. */
    ROLLED_BACK
  }
}
