package io.sparkdistill.release;

import io.sparkdistill.storage.StrictJson;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether a student is released, and why. Metrics are called as in {@code metrics.json}.
 *
 * @param schemaVersion version of this format
 * @param publish whether it is
 * @param why for people, without an end of sentence
 * @param incumbentVersion what was in use; 0 if there was nothing
 * @param testRows on which both were compared; 0 if they were not
 * @param student its metrics there
 * @param incumbent those of the version that was in use
 * @param pValues of the differences, by metric; none for a metric that has no test
 */
public record Decision(
    int schemaVersion,
    boolean publish,
    String why,
    int incumbentVersion,
    long testRows,
    SortedMap<String, Double> student,
    SortedMap<String, Double> incumbent,
    SortedMap<String, Double> pValues) {
  /** The format that this build writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the maps. */
  public Decision {
    student = new TreeMap<>(student);
    incumbent = new TreeMap<>(incumbent);
    pValues = new TreeMap<>(pValues);
  }

  static Decision toPublish(String why, int incumbentVersion) {
    return new Decision(
        SCHEMA_VERSION, true, why, incumbentVersion, 0, nothing(), nothing(), nothing());
  }

  static Decision notToPublish(String why, int incumbentVersion) {
    return new Decision(
        SCHEMA_VERSION, false, why, incumbentVersion, 0, nothing(), nothing(), nothing());
  }

  private static SortedMap<String, Double> nothing() {
    return new TreeMap<>();
  }

  /** The same with what was compared. */
  Decision after(
      long rows, Map<String, Double> own, Map<String, Double> other, Map<String, Double> p) {
    return new Decision(
        schemaVersion,
        publish,
        why,
        incumbentVersion,
        rows,
        new TreeMap<>(own),
        new TreeMap<>(other),
        new TreeMap<>(p));
  }

  /**
   * As JSON.
   *
   * @return UTF-8
   */
  public byte[] toJson() {
    return StrictJson.write(this);
  }

  /**
   * From JSON that this class wrote.
   *
   * @param json UTF-8
   * @param place where it was read from, for messages
   * @return the decision
   * @throws io.sparkdistill.failure.IntegrityException if it is damaged or of another version
   */
  public static Decision fromJson(byte[] json, String place) {
    return StrictJson.read(json, Decision.class, SCHEMA_VERSION, "decision " + place);
  }
}
