package io.sparkdistill.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which columns of {@code rounds.csv} stand in which chart, and how. Stateless and thread-safe. */
final class Curve {
  /** They say which round it is, and how long. */
  private static final Set<String> PLACES = Set.of(Rounds.ROUND, "epoch", "samples", "seconds");

  private static final String LOSS = "loss";
  private static final String GRADIENT = "gradient";
  private static final String HELD_OUT = "heldout";
  private static final String ACCURACY = "accuracy";

  private Curve() {}

  /** A chart of every training. */
  enum Group {
    /** What is minimised, and the terms that it is the sum of. */
    LOSS("loss", "Loss", "nats"),
    /** How far each term would move the student. */
    GRADIENT("gradient", "Gradient of each term", "length"),
    /** Loss on rows that training does not see. */
    HELD_OUT_LOSS("held-out-loss", "Held out loss", "nats"),
    /** Accuracy on rows that training does not see. */
    HELD_OUT_ACCURACY("held-out-accuracy", "Held out accuracy", "share");

    private final String id;
    private final String title;
    private final String unit;

    Group(String id, String title, String unit) {
      this.id = id;
      this.title = title;
      this.unit = unit;
    }

    String id() {
      return id;
    }

    String title() {
      return title;
    }

    String unit() {
      return unit;
    }
  }

  /** The lines of a chart, in the order of the file. */
  static List<Line> lines(Group group, Rounds rounds) {
    List<Line> lines = new ArrayList<>();
    for (String column : rounds.columns().keySet()) {
      if (!PLACES.contains(column) && group(column) == group && rounds.has(column)) {
        lines.add(new Line(kind(column, lines.size()), words(column), rounds.column(column)));
      }
    }
    // The one term of a loss is the loss.
    return group == Group.LOSS && lines.size() == 2 ? lines.subList(0, 1) : lines;
  }

  private static Group group(String column) {
    String name = column.toLowerCase(Locale.ROOT);
    if (name.contains(HELD_OUT)) {
      return name.contains(ACCURACY) ? Group.HELD_OUT_ACCURACY : Group.HELD_OUT_LOSS;
    }
    return name.contains(GRADIENT) ? Group.GRADIENT : Group.LOSS;
  }

  private static String kind(String column, int before) {
    String name = column.toLowerCase(Locale.ROOT);
    if (name.equals(LOSS) || name.contains(HELD_OUT)) {
      return "total";
    }
    if (name.startsWith("soft")) {
      return "soft";
    }
    return name.startsWith("hard") ? "hard" : "term" + before % 4;
  }

  /** Such as {@code soft loss} for {@code softLoss}. */
  private static String words(String column) {
    return column.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
