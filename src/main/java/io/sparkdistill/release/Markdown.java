package io.sparkdistill.release;

import io.sparkdistill.text.MarkdownText;
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
        .forEach(
            line ->
                text.append("> ")
                    .append(line.isBlank() ? "" : MarkdownText.line(line))
                    .append('\n'));
    text.append('\n');
    return this;
  }

  /** Names and their values, both as code. */
  Markdown values(Map<String, String> values) {
    return table(
        List.of("", ""),
        values.entrySet().stream()
            .map(entry -> List.of(entry.getKey(), MarkdownText.code(entry.getValue())))
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

  @Override
  public String toString() {
    return text.toString();
  }
}
