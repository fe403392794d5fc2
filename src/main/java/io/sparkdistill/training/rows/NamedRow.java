package io.sparkdistill.training.rows;

import io.sparkdistill.objective.Features;
import io.sparkdistill.softtargets.JointRow;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;

/**
 * A row with what decides which worker it goes to, and its place there.
 *
 * @param key follows from its id and view; no two rows have the same one
 * @param row as steps need it
 */
record NamedRow(String key, TrainingRow row) implements Serializable {
  static NamedRow of(SoftTarget row, Features compared) {
    return new NamedRow(key(row.id(), row.view()), TrainingRow.of(row, compared));
  }

  static NamedRow of(JointRow row) {
    return new NamedRow(key(row.id(), row.view()), TrainingRow.of(row));
  }

  private static String key(String id, int view) {
    return view == 0 ? id : id + '\0' + view;
  }
}
