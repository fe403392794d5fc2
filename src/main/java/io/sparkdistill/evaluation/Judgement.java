package io.sparkdistill.evaluation;

import io.sparkdistill.storage.PublishedFile;
import java.util.List;

/**
 * What an evaluation found.
 *
 * @param metrics of all models
 * @param gallery of rows about which student and teacher disagree; empty without a teacher
 * @param predictions files that were written, to be published; empty where none are kept
 */
public record Judgement(Metrics metrics, Gallery gallery, List<PublishedFile> predictions) {
  /** Copies the list. */
  public Judgement {
    predictions = List.copyOf(predictions);
  }
}
