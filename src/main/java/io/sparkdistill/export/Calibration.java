package io.sparkdistill.export;

import io.sparkdistill.teacher.OnnxFile;
import io.sparkdistill.teacher.OnnxScorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Finds which values the tensors of a student take, by showing it rows. */
final class Calibration {
  /**
   * The share of a tensor's values that its range holds. Rectified values of small students have no
   * ends so long that giving them up would make fewer errors.
   */
  private static final double KEPT = 1;

  private static final int BATCH = 256;

  private final OnnxFile student;
  private final List<float[]> rows;

  /**
   * A calibration.
   *
   * @param student with float32 weights
   * @param rows features, at least one row
   */
  Calibration(OnnxFile student, List<float[]> rows) {
    this.student = student;
    this.rows = rows;
  }

  /** Ranges by the name of the tensor. */
  Map<String, ValueRange> ranges(List<String> tensors) {
    Map<String, ValueTally> tallies = new LinkedHashMap<>();
    tensors.forEach(name -> tallies.put(name, new ValueTally()));
    List<String> inner = new ArrayList<>(tensors);
    inner.remove(StudentOnnx.FEATURES);
    try (OnnxScorer scorer = student.open(inner)) {
      show(scorer, inner, tallies, ValueTally::widen);
      show(scorer, inner, tallies, ValueTally::count);
    }
    Map<String, ValueRange> ranges = new TreeMap<>();
    tallies.forEach((name, tally) -> ranges.put(name, tally.range(KEPT)));
    return ranges;
  }

  private void show(
      OnnxScorer scorer,
      List<String> inner,
      Map<String, ValueTally> tallies,
      BiConsumer<ValueTally, float[]> taker) {
    // A student may begin with a layer that has no weights in steps.
    Optional<ValueTally> seen = Optional.ofNullable(tallies.get(StudentOnnx.FEATURES));
    for (int from = 0; from < rows.size(); from += BATCH) {
      List<float[]> some = rows.subList(from, Math.min(rows.size(), from + BATCH));
      float[] features = new float[some.size() * student.width()];
      for (int i = 0; i < some.size(); i++) {
        System.arraycopy(some.get(i), 0, features, i * student.width(), student.width());
      }
      seen.ifPresent(tally -> taker.accept(tally, features));
      List<float[]> values = scorer.score(features, some.size()).intermediates();
      for (int i = 0; i < inner.size(); i++) {
        taker.accept(tallies.get(inner.get(i)), values.get(i));
      }
    }
  }
}
