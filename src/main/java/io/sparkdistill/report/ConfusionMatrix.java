package io.sparkdistill.report;

import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rows by label and named class, of one model. */
final class ConfusionMatrix {
  private static final int SHADES = 5;
  private static final int MOST_PAIRS = 20;

  private final String model;
  private final List<List<Long>> counts;

  ConfusionMatrix(String model, List<List<Long>> counts) {
    this.model = model;
    this.counts = counts;
  }

  boolean isKnown() {
    int classes = counts.size();
    return classes > 0 && counts.stream().allMatch(row -> row.size() == classes);
  }

  boolean isDrawn(int most) {
    return isKnown() && counts.size() <= most;
  }

  Table table() {
    List<String> head = new ArrayList<>(List.of("label"));
    IntStream.range(0, counts.size()).forEach(label -> head.add(Integer.toString(label)));
    long most = most();
    List<Table.Row> rows = new ArrayList<>();
    for (int label = 0; label < counts.size(); label++) {
      List<Table.Cell> cells = new ArrayList<>();
      for (int named = 0; named < counts.size(); named++) {
        long count = counts.get(label).get(named);
        String kind = label == named ? "right" : shade(count, most);
        cells.add(new Table.Cell(count == 0 ? "·" : Long.toString(count), kind));
      }
      rows.add(new Table.Row(Integer.toString(label), cells));
    }
    return new Table("matrix", "What the " + model + " names, by label", head, rows);
  }

  /** The most frequent errors. */
  Table pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int label = 0; label < counts.size(); label++) {
      for (int named = 0; named < counts.size(); named++) {
        if (label != named && counts.get(label).get(named) > 0) {
          pairs.add(new Pair(label, named, counts.get(label).get(named)));
        }
      }
    }
    pairs.sort(Comparator.comparingLong(Pair::rows).reversed());
    return new Table(
        "plain",
        "What the " + model + " takes for what most often",
        List.of("label", "named", "rows"),
        pairs.stream()
            .limit(MOST_PAIRS)
            .map(
                pair ->
                    Table.Row.of(
                        Integer.toString(pair.label()),
                        List.of(Integer.toString(pair.named()), Numbers.count(pair.rows()))))
            .toList());
  }

  private record Pair(int label, int named, long rows) {}

  private long most() {
    long most = 1;
    for (int label = 0; label < counts.size(); label++) {
      for (int named = 0; named < counts.size(); named++) {
        most = label == named ? most : Math.max(most, counts.get(label).get(named));
      }
    }
    return most;
  }

  private static String shade(long count, long most) {
    return count <= 0 ? "none" : "shade" + (int) Math.ceil((double) SHADES * count / most);
  }
}
