package io.sparkdistill.config;

import java.util.regex.Pattern;

/** Keeps credentials that stand in URIs out of logs, messages and published files. */
public final class Secrets {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");
  private static final Pattern QUERY =
      Pattern.compile(
          "(?i)(?<=[?&;](?:[a-z_.-]{0,40}[_.-])?"
              + "(?:sig|token|password|secret|key|signature|credential)=)[^&;\\s]+");

  private Secrets() {}

  /**
   * Replaces user names, passwords and signatures in every URI of a text; a container's name before
   * the host, as {@code abfs} has it, is masked as well.
   *
   * @param text any text
   * @return the text with {@code ***} in their places
   */
  public static String mask(String text) {
    return QUERY.matcher(USER_INFO.matcher(text).replaceAll("***")).replaceAll("***");
  }
}
