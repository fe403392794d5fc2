package io.sparkdistill.evaluation;

import io.sparkdistill.evaluation.GalleryAnswer.ClassProbability;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The few rows about which student and teacher disagree most, as yet without features, which are
 * too large to come from every part; those of parts merge into those of the whole, in any order.
 * Not thread-safe.
 */
final class GalleryTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<GalleryRow> ORDER =
      Comparator.comparingDouble(GalleryRow::kl).reversed().thenComparing(GalleryRow::id);

  private final ArrayList<GalleryRow> rows = new ArrayList<>();
  private final int size;

  GalleryTally(int size) {
    this.size = size;
  }

  void add(SoftTarget row, Answer teacher, Answer student) {
    // Rounded first: which batch a row was scored in must not decide between two that are equal.
    double kl = ModelMetrics.rounded(Math.max(0, Distributions.kl(teacher.logP(), student.logP())));
    if (size > 0 && (rows.size() < size || kl >= rows.get(size - 1).kl())) {
      insert(
          new GalleryRow(
              row.id(),
              row.label(),
              kl,
              answer(teacher, row.label()),
              answer(student, row.label()),
              List.of()));
    }
  }

  void addAll(GalleryTally other) {
    other.rows.forEach(this::insert);
  }

  List<GalleryRow> rows() {
    return rows;
  }

  private void insert(GalleryRow row) {
    int place = 0;
    while (place < rows.size() && ORDER.compare(rows.get(place), row) <= 0) {
      place++;
    }
    rows.add(place, row);
    if (rows.size() > size) {
      rows.remove(size);
    }
  }

  private static GalleryAnswer answer(Answer answer, int label) {
    double[] logP = answer.logP();
    List<ClassProbability> best =
        IntStream.range(0, logP.length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -logP[c]))
            .limit(GalleryAnswer.MOST_CLASSES)
            .map(c -> new ClassProbability(c, probability(logP, c)))
            .toList();
    return new GalleryAnswer(answer.predicted(), probability(logP, label), best);
  }

  private static double probability(double[] logP, int label) {
    return ModelMetrics.rounded(Math.exp(logP[label]));
  }
}
