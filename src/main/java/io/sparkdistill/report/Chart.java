package io.sparkdistill.report;

import java.util.List;

/**
 * A chart as SVG, in pixels of a phone, and the numbers behind it.
 *
 * @param id among all charts of a page
 * @param title what it shows
 * @param summary the same for those who do not see it, in a sentence or two
 * @param legend what the kinds of marks stand for; may be empty
 * @param frame where the axes are
 * @param xTitle what is along the horizontal axis
 * @param yTitle what is along the vertical axis; empty where rows have labels
 * @param xTicks along the horizontal axis
 * @param yTicks along the vertical axis
 * @param marks from the lowest to the uppermost
 * @param labels over the marks
 * @param numbers behind it
 */
record Chart(
    String id,
    String title,
    String summary,
    List<Key> legend,
    Frame frame,
    String xTitle,
    String yTitle,
    List<Tick> xTicks,
    List<Tick> yTicks,
    List<Mark> marks,
    List<Label> labels,
    Table numbers) {
  Chart {
    legend = List.copyOf(legend);
    xTicks = List.copyOf(xTicks);
    yTicks = List.copyOf(yTicks);
    marks = List.copyOf(marks);
    labels = List.copyOf(labels);
  }

  boolean hasLegend() {
    return legend.size() > 1;
  }

  /**
   * What a kind of marks stands for.
   *
   * @param sample one of them
   * @param meaning in words
   */
  record Key(Mark sample, String meaning) {
    private static final int LENGTH = 20;
    private static final int MIDDLE = 5;

    static Key line(String kind, String meaning) {
      return new Key(Mark.rule("line " + kind, 1, MIDDLE, 1 + LENGTH, MIDDLE), meaning);
    }

    static Key dot(String kind, String meaning) {
      return new Key(Mark.dot(kind, LENGTH - MIDDLE, MIDDLE, MIDDLE - 1, ""), meaning);
    }
  }
}
