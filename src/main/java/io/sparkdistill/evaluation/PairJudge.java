package io.sparkdistill.evaluation;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Judges two students on some rows, without Spark. */
final class PairJudge {
  private final StudentScorer student;
  private final StudentScorer incumbent;
  private final String place;
  private final int batchSize;

  private PairJudge(Candidate student, Candidate incumbent, int batchSize) {
    this.student = StudentScorer.open(student.zip(), student.place());
    this.incumbent = StudentScorer.open(incumbent.zip(), incumbent.place());
    this.place = incumbent.place();
    this.batchSize = batchSize;
  }

  /** Opens the student and then the incumbent. */
  static PairJudge of(List<Candidate> pair, int batchSize) {
    return new PairJudge(pair.get(0), pair.get(1), batchSize);
  }

  /**
   * Looks whether both answer the same question.
   *
   * @throws IntegrityException if they do not
   */
  void refuseUnlike() {
    if (student.width() != incumbent.width() || student.classes() != incumbent.classes()) {
      throw new IntegrityException(
          "Cannot compare the student with "
              + place
              + ", that one is for other rows: of "
              + incumbent.width()
              + " features and "
              + incumbent.classes()
              + " classes instead of "
              + student.width()
              + " and "
              + student.classes()
              + ". Release students of other data to another place.");
    }
  }

  PairTally judge(Iterator<SoftTarget> rows) {
    PairTally tally = PairTally.empty();
    List<SoftTarget> batch = new ArrayList<>(batchSize);
    while (rows.hasNext()) {
      batch.add(rows.next());
      if (batch.size() == batchSize || !rows.hasNext()) {
        add(batch, tally);
        batch.clear();
      }
    }
    return tally;
  }

  private void add(List<SoftTarget> batch, PairTally tally) {
    float[] features = PartitionJudge.features(batch);
    float[] first = student.score(features, batch.size());
    float[] second = incumbent.score(features, batch.size());
    for (int i = 0; i < batch.size(); i++) {
      SoftTarget row = batch.get(i);
      tally.add(row(first, i, batch), row(second, i, batch), row.logits(), row.label());
    }
  }

  private static float[] row(float[] logits, int row, List<SoftTarget> batch) {
    int classes = logits.length / batch.size();
    return Arrays.copyOfRange(logits, row * classes, (row + 1) * classes);
  }
}
