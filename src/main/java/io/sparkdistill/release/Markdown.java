package io.sparkdistill.release;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A document in GitHub's dialect of Markdown. Values are shown as code, in which nothing has a
 * meaning: what a path or a name holds can be neither markup nor HTML. Not thread-safe.
 */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  /** A heading; 1 is the title's level. */
  Markdown heading(int level, String words) {
    text.append("#".repeat(level)).append(' ').append(words).append("\n\n");
    return this;
  }

  /** Words of our own, which may hold markup. */
  Markdown paragraph(String words) {
    text.append(words).append("\n\n");
    return this;
  }

  /** Words of others: as a quotation, in which markup has no meaning. */
  Markdown quotation(String words) {
    words
        .strip()
        .lines()
        .forEach(line -> text.append("> ").append(line.isBlank() ? "" : plain(line)).append('\n'));
    text.append('\n');
    return this;
  }

  /** Names and their values, both as code. */
  Markdown values(Map<String, String> values) {
    return table(
        List.of("", ""),
        values.entrySet().stream()
            .map(entry -> List.of(entry.getKey(), code(entry.getValue())))
            .toList());
  }

  /** A table of cells that are markup. */
  Markdown table(List<String> head, List<List<String>> rows) {
    text.append(row(head));
    text.append(row(head.stream().map(name -> name.isEmpty() ? "---" : "---:").toList()));
    rows.forEach(cells -> text.append(row(cells)));
    text.append('\n');
    return this;
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** As code in a table's cell or in a line. */
  static String code(String value) {
    String line = value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    if (line.isEmpty()) {
      return "";
    }
    String fence = "`";
    while (line.contains(fence)) {
      fence += "`";
    }
    String space = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return fence + space + line.replace("|", "\\|") + space + fence;
  }

  /**
   * Every mark that could mean something is told not to. Those by which GitHub finds names of
   * people and issues are seen in spite of that, and are parted from what follows by a space of no
   * width.
   */
  static String plain(String line) {
    return line.replaceAll("\\p{Cntrl}", " ")
        .replaceAll("([!-/:-@\\[-`{-~])", "\\\\$1")
        .replaceAll("[@#](?=[\\p{L}\\p{N}])|(?i:\\bgh\\\\-)(?=\\p{N})", "$0&#8203;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
