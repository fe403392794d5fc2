package io.sparkdistill.report;

import java.util.regex.Pattern;

/**
 * Text that Markdown shows as it is: in a line, and in a cell of a table of GitHub Flavored
 * Markdown. Stateless and thread-safe.
 */
final class MarkdownText {
  /** CommonMark 0.31, section 2.4: each of these may be escaped by a backslash. */
  private static final String SPECIAL = "\\`*_[]|~";

  /** Behind a sign, GitHub's names of people, issues and commits begin. */
  private static final Pattern SIGN =
      Pattern.compile("[@#](?=[\\p{L}\\p{N}])|(?i:\\bgh-)(?=\\p{N})");

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
    // A space of no width parts them, or whoever is called so is told of each report.
    return SIGN.matcher(escaped).replaceAll("$0&#8203;");
  }
}
