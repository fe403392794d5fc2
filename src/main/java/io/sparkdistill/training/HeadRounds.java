package io.sparkdistill.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cuts what one head's objective was out of what was written about the rounds of a student of
 * several heads. Stateless and thread-safe.
 */
public final class HeadRounds {
  /** What says which round it is. */
  private static final int PLACES = 3;

  private HeadRounds() {}

  /**
   * The columns that a student of this head alone would have.
   *
   * @param rounds of the whole, as {@link TrainedStudent#rounds} has them
   * @param head its name
   * @return the loss is the sum of the head's terms, without the head's weight; what is of all
   *     heads together is left out
   */
  public static String of(String rounds, String head) {
    List<String> lines = rounds.lines().toList();
    List<String> names = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(",", -1));
    List<Integer> places = RoundLine.ofHead(head).stream().map(names::indexOf).toList();
    List<String> own = new ArrayList<>(List.of(RoundLine.NAMES));
    lines.stream().skip(1).map(line -> line(line.split(",", -1), places)).forEach(own::add);
    return own.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String line(String[] cells, List<Integer> places) {
    List<String> terms = places.stream().map(place -> place < 0 ? "" : cells[place]).toList();
    List<String> line = new ArrayList<>(List.of(cells).subList(0, PLACES));
    line.add(sum(terms.get(0), terms.get(2)));
    line.addAll(List.of("", ""));
    line.addAll(terms);
    return String.join(",", line);
  }

  private static String sum(String soft, String hard) {
    return soft.isEmpty() || hard.isEmpty()
        ? ""
        : Float.toString(Float.parseFloat(soft) + Float.parseFloat(hard));
  }
}
