package io.sparkdistill.ml;

import io.sparkdistill.student.StudentScorer;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/** Scores one row at a time. A copy in a task opens its network with the first row. Thread-safe. */
final class RowScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PackedStudent.Name name;
  private final FeatureValues values;
  private final Broadcast<byte[]> zip;
  private transient StudentScorer opened;

  RowScorer(PackedStudent.Name name, FeatureValues values, Broadcast<byte[]> zip) {
    this.name = name;
    this.values = values;
    this.zip = zip;
  }

  /** What the student says of a row, which is not null. */
  synchronized Scores score(Object features) {
    if (opened == null) {
      opened = OpenStudents.scorer(name, zip::value);
    }
    float[] row = new float[Math.toIntExact(values.width())];
    values.put(features, row, 0);
    return new Scores(opened.score(row, 1));
  }
}
