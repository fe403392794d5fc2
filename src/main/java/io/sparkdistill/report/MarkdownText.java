package io.sparkdistill.report;

/**
 * Text that Markdown shows as it is: in a line, and in a cell of a table of GitHub Flavored
 * Markdown. Stateless and thread-safe.
 */
final class MarkdownText {
  /** CommonMark 0.31, section 2.4: each of these may be escaped by a backslash. */
  private static final String SPECIAL = "\\`*_[]|~";

  private MarkdownText() {}

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '<') {
                escaped.append("&lt;");
              } else if (c == '>') {
                escaped.append("&gt;");
              } else if (c == '&') {
                escaped.append("&amp;");
              } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                escaped.append(' ');
              } else if (SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\').appendCodePoint(c);
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
