package io.sparkdistill.text;

import java.util.regex.Pattern;

/**
 * Words of others in GitHub's dialect of Markdown, which shows them as they are: they can be
 * neither markup nor HTML, and call nobody. Stateless and thread-safe.
 */
public final class MarkdownText {
  /** CommonMark 0.31, section 2.4: each of these may be escaped by a backslash. */
  private static final String PUNCTUATION = "!\"#$%'()*+,-./:;=?@[\\]^_`{|}~";

  /** Those that mean something behind other words. */
  private static final String WITHIN = "\\`*_[]|~";

  private static final Pattern CONTROL = Pattern.compile("[\\p{IsControl}\\u2028\\u2029]+");

  /** Behind a sign, GitHub's names of people, issues and commits begin. */
  private static final Pattern SIGN =
      Pattern.compile("[@#](?=[\\p{L}\\p{N}])|(?i:\\bgh\\\\?-)(?=\\p{N})");

  private MarkdownText() {}

  /**
   * Words that stand behind others, in a line or in a cell of a table.
   *
   * @param words any
   * @return one line
   */
  public static String within(String words) {
    return escape(words, WITHIN);
  }

  /**
   * Words that begin a line, where more marks have a meaning.
   *
   * @param words any
   * @return one line
   */
  public static String line(String words) {
    return escape(words, PUNCTUATION);
  }

  /**
   * Words as code, in a line or in a cell of a table.
   *
   * @param words any
   * @return one line; empty for none
   */
  public static String code(String words) {
    String line = CONTROL.matcher(words).replaceAll(" ").strip();
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

  private static String escape(String words, String marks) {
    StringBuilder escaped = new StringBuilder();
    CONTROL
        .matcher(words)
        .replaceAll(" ")
        .codePoints()
        .forEach(
            c -> {
              if (c == '<') {
                escaped.append("&lt;");
              } else if (c == '>') {
                escaped.append("&gt;");
              } else if (c == '&') {
                escaped.append("&amp;");
              } else if (marks.indexOf(c) >= 0) {
                escaped.append('\\').appendCodePoint(c);
              } else {
                escaped.appendCodePoint(c);
              }
            });
    // A space of no width parts them, or whoever is called so is told of each report.
    return SIGN.matcher(escaped).replaceAll("$0&#8203;");
  }
}
