package io.sparkdistill.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A test row about which student and teacher disagree.
 *
 * @param id its name; any text
 * @param label the right answer, 0 to C - 1
 * @param kl KL(teacher ‖ student) at temperature 1, in nats, 0 or more
 * @param teacher its answer
 * @param student its answer
 * @param features the row's input as the student saw it; empty where it has more than {@value
 *     #MOST_FEATURES} numbers
 */
public record GalleryRow(
    String id,
    int label,
    double kl,
    GalleryAnswer teacher,
    GalleryAnswer student,
    List<Float> features)
    implements Serializable {
  private static final int MOST_FEATURES = 65_536;

  /** Copies the features. */
  public GalleryRow {
    features = List.copyOf(features);
  }

  /** Whether so many features are shown. */
  static boolean shows(float[] values) {
    return values.length <= MOST_FEATURES;
  }

  /** Leaves out those that are too many. */
  GalleryRow seen(float[] values) {
    List<Float> seen = new ArrayList<>();
    for (int i = 0; shows(values) && i < values.length; i++) {
      seen.add(values[i]);
    }
    return new GalleryRow(id, label, kl, teacher, student, seen);
  }
}
