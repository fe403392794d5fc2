package io.sparkdistill.evaluation;

import java.io.Serializable;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * Where predictions are kept, if they are.
 *
 * @param root the stage's directory, qualified; empty for nowhere
 * @param attempt a folder of its own below it
 */
public record PredictionPlace(String root, String attempt) implements Serializable {
  /**
   * Nothing is kept.
   *
   * @return no place
   */
  public static PredictionPlace nowhere() {
    return new PredictionPlace("", "");
  }

  /**
   * Below an attempt.
   *
   * @param root the stage's directory
   * @param attempt of it
   * @return the place
   */
  public static PredictionPlace below(Path root, Path attempt) {
    return new PredictionPlace(root.toString(), attempt.toString());
  }

  boolean isSomewhere() {
    return !root.isEmpty();
  }

  /** A file that no other attempt at the same partition writes. */
  Path newFile(int partition) {
    return new Path(
        attempt,
        String.format(
            Locale.ROOT, "predictions/part-%05d-%s.parquet", partition, UUID.randomUUID()));
  }
}
