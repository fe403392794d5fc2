package io.sparkdistill.evaluation;

import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Judges the teacher and all candidates on some rows, without Spark. */
final class PartitionJudge {
  private final List<Candidate> candidates;
  private final int batchSize;

  PartitionJudge(List<Candidate> candidates, int batchSize) {
    this.candidates = candidates;
    this.batchSize = batchSize;
  }

  /** The teacher's tally, then the candidates' in their order. */
  List<ModelTally> judge(Iterator<SoftTarget> rows) {
    List<StudentScorer> scorers = new ArrayList<>();
    List<ModelTally> tallies = new ArrayList<>(List.of(new ModelTally()));
    for (Candidate candidate : candidates) {
      scorers.add(StudentScorer.open(candidate.zip(), candidate.place()));
      tallies.add(new ModelTally());
    }
    List<SoftTarget> batch = new ArrayList<>(batchSize);
    while (rows.hasNext()) {
      batch.add(rows.next());
      if (batch.size() == batchSize || !rows.hasNext()) {
        batch.forEach(row -> tallies.get(0).add(row.logits(), row.logits(), row.label()));
        float[] features = features(batch);
        for (int i = 0; i < scorers.size(); i++) {
          tally(tallies.get(i + 1), scorers.get(i).score(features, batch.size()), batch);
        }
        batch.clear();
      }
    }
    return tallies;
  }

  /** Row by row. */
  static float[] features(List<SoftTarget> batch) {
    int width = batch.get(0).features().length;
    float[] features = new float[batch.size() * width];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(batch.get(i).features(), 0, features, i * width, width);
    }
    return features;
  }

  private static void tally(ModelTally tally, float[] logits, List<SoftTarget> batch) {
    int classes = logits.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      SoftTarget row = batch.get(i);
      float[] own = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
      tally.add(own, row.logits(), row.label());
    }
  }
}
