package io.sparkdistill.evaluation;

import java.io.Serializable;
import java.util.List;

/**
 * What a model says of a row.
 *
 * @param predicted its most probable class, 0 to C - 1
 * @param labelProbability how probable it finds the label, 0 to 1
 * @param best its most probable classes, at most {@value #MOST_CLASSES}, by falling probability
 */
public record GalleryAnswer(int predicted, double labelProbability, List<ClassProbability> best)
    implements Serializable {
  static final int MOST_CLASSES = 10;

  /** Copies the list. */
  public GalleryAnswer {
    best = List.copyOf(best);
  }

  /**
   * How probable a model finds a class.
   *
   * @param label the class, 0 to C - 1
   * @param probability 0 to 1
   */
  public record ClassProbability(int label, double probability) implements Serializable {}
}
