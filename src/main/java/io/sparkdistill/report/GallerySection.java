package io.sparkdistill.report;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.evaluation.Gallery;
import io.sparkdistill.evaluation.GalleryAnswer;
import io.sparkdistill.evaluation.GalleryRow;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows about which student and teacher disagree most. */
final class GallerySection {
  private static final int MOST = 120;
  private static final int MOST_SHOWN = 12;

  private GallerySection() {}

  static Optional<Section> of(Gallery gallery, Optional<ImageSize> image) {
    List<GalleryRow> rows = gallery.rows().stream().limit(MOST).toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pictures> pictures = Pictures.of(image, rows);
    List<Card> cards = new ArrayList<>();
    for (GalleryRow row : rows) {
      cards.add(
          new Card(
              row.id(),
              pictures.flatMap(all -> all.of(row)),
              Integer.toString(row.label()),
              List.of(
                  answer(Metrics.TEACHER, row.teacher(), row.label()),
                  answer(Metrics.STUDENT, row.student(), row.label())),
              Numbers.decimal(row.kl())));
    }
    return Optional.of(
        Section.of(
                "gallery",
                "Where student and teacher disagree",
                "The "
                    + Numbers.count(rows.size())
                    + " test rows with the largest KL divergence of the teacher’s probabilities"
                    + " from the student’s: the first place to look for labels that are wrong, and"
                    + " for what the student has not learned.")
            .withCards(cards.subList(0, Math.min(MOST_SHOWN, cards.size())))
            .withMoreCards(cards.subList(Math.min(MOST_SHOWN, cards.size()), cards.size())));
  }

  private static Card.Answer answer(String model, GalleryAnswer answer, int label) {
    double probability =
        answer.best().stream()
            .filter(of -> of.label() == answer.predicted())
            .mapToDouble(GalleryAnswer.ClassProbability::probability)
            .findFirst()
            .orElse(Double.NaN);
    return new Card.Answer(
        Kinds.of(model),
        model,
        Integer.toString(answer.predicted()),
        answer.predicted() == label ? "right" : "wrong",
        Numbers.wholePercent(probability));
  }
}
