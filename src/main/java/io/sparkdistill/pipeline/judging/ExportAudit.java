package io.sparkdistill.pipeline.judging;

import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.evaluation.JudgedModel;
import io.sparkdistill.evaluation.OnnxCandidate;
import io.sparkdistill.export.Deviation;
import io.sparkdistill.math.FloatArrays;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Asks students and their ONNX files about the same rows, in one distributed pass. */
final class ExportAudit {
  private final int batchSize;

  /**
   * A student and what was made of it.
   *
   * @param student for Deeplearning4j
   * @param onnx for ONNX Runtime
   */
  record Pair(Candidate student, OnnxCandidate onnx) implements Serializable {}

  ExportAudit(int batchSize) {
    this.batchSize = batchSize;
  }

  /** How far the two of each pair are apart, in the order of the pairs. */
  List<Deviation> compare(JavaRDD<SoftTarget> rows, List<Pair> pairs) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.context());
    Broadcast<List<Pair>> shared = context.broadcast(new ArrayList<>(pairs));
    int size = batchSize;
    try {
      List<Deviation> sums = none(pairs);
      for (List<Deviation> part :
          rows.mapPartitions(some -> List.of(compare(some, shared.value(), size)).iterator())
              .collect()) {
        for (int i = 0; i < sums.size(); i++) {
          sums.set(i, sums.get(i).plus(part.get(i)));
        }
      }
      return sums;
    } finally {
      shared.destroy();
    }
  }

  private static List<Deviation> compare(Iterator<SoftTarget> rows, List<Pair> pairs, int size) {
    List<JudgedModel.Scorer> scorers = new ArrayList<>();
    try {
      for (Pair pair : pairs) {
        scorers.add(pair.student().open());
        scorers.add(pair.onnx().open());
      }
      List<Deviation> sums = none(pairs);
      List<float[]> batch = new ArrayList<>();
      while (rows.hasNext()) {
        batch.add(rows.next().features());
        if (batch.size() == size || !rows.hasNext()) {
          float[] features = FloatArrays.sideBySide(batch, row -> row);
          for (int i = 0; i < sums.size(); i++) {
            float[] here = scorers.get(2 * i).score(features, batch.size());
            float[] there = scorers.get(2 * i + 1).score(features, batch.size());
            sums.set(i, sums.get(i).plus(Deviation.of(here, there, batch.size())));
          }
          batch.clear();
        }
      }
      return sums;
    } finally {
      scorers.forEach(JudgedModel.Scorer::close);
    }
  }

  private static List<Deviation> none(List<Pair> pairs) {
    List<Deviation> none = new ArrayList<>();
    pairs.forEach(pair -> none.add(Deviation.none()));
    return none;
  }
}
