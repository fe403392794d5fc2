package io.sparkdistill.report;

import io.sparkdistill.failure.IntegrityException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training wrote about each of its rounds.
 *
 * @param columns the numbers of all rounds by the column's name, in the order of the file; all of
 *     one length; not a number where a round has none
 */
public record Rounds(Map<String, List<Double>> columns) {
  static final String ROUND = "round";

  /** Copies the map. */
  public Rounds {
    columns = new LinkedHashMap<>(columns);
  }

  /**
   * Reads {@code rounds.csv}.
   *
   * @param csv UTF-8: a line of names, among them {@code round}, then a line of numbers or blanks
   *     for each round
   * @param what messages call it
   * @return its columns
   * @throws IntegrityException if it is damaged
   */
  public static Rounds parse(byte[] csv, String what) {
    List<String> lines = new String(csv, StandardCharsets.UTF_8).lines().toList();
    String[] names = lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1);
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    for (String name : names) {
      columns.put(name, new ArrayList<>());
    }
    if (columns.size() != names.length || !columns.containsKey(ROUND)) {
      throw damaged(what, "line 1 does not name a round and other columns, each once");
    }
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      if (cells.length != names.length) {
        throw damaged(what, "line " + (i + 1) + " has " + cells.length + " numbers");
      }
      for (int k = 0; k < names.length; k++) {
        columns.get(names[k]).add(number(cells[k], what, i + 1));
      }
    }
    return new Rounds(columns);
  }

  private static double number(String cell, String what, int line) {
    try {
      return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw damaged(what, "line " + line + " has something that is no number");
    }
  }

  private static IntegrityException damaged(String what, String why) {
    return new IntegrityException(
        "Cannot read " + what + ", it is damaged: " + why + ". Restore it, or use another output.");
  }

  int size() {
    return columns.get(ROUND).size();
  }

  /** Whether a column has a number of any round, and not zeros alone. */
  boolean has(String column) {
    return columns.getOrDefault(column, List.of()).stream()
        .anyMatch(value -> Double.isFinite(value) && value != 0);
  }

  List<Double> column(String name) {
    return columns.get(name);
  }

  /** At most so many, each the mean of as many rounds that follow one another. */
  Rounds thinned(int most) {
    int together = together(most);
    Map<String, List<Double>> thin = new LinkedHashMap<>();
    columns.forEach(
        (name, values) -> {
          List<Double> means = new ArrayList<>();
          for (int i = 0; i < values.size(); i += together) {
            means.add(mean(values.subList(i, Math.min(values.size(), i + together))));
          }
          thin.put(name, means);
        });
    return new Rounds(thin);
  }

  /** How many rounds one of at most so many stands for. */
  int together(int most) {
    return (size() + most - 1) / most;
  }

  private static double mean(List<Double> values) {
    return values.stream()
        .mapToDouble(value -> value)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
