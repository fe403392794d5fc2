package io.sparkdistill.failure;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps credentials that stand in URIs out of logs, messages and published files. */
public final class Secrets {
  private static final Pattern USER_INFO = Pattern.compile("([a-zA-Z0-9+.-]*)://([^/@\\s]+)(?=@)");

  /** Schemes with the name of a container before the host. */
  private static final Set<String> OF_CONTAINERS = Set.of("abfs", "abfss", "wasb", "wasbs");

  private static final Pattern QUERY =
      Pattern.compile(
          "(?i)(?<=[?&;](?:[a-z_.-]{0,40}[_.-])?"
              + "(?:sig|token|password|secret|key|signature|credential)=)[^&;\\s]+");

  private Secrets() {}

  /**
   * Replaces user names, passwords and signatures in every URI of a text. A container's name before
   * the host, as {@code abfs} has it, is none.
   *
   * @param text any text
   * @return the text with {@code ***} in their places
   */
  public static String mask(String text) {
    String anonymous =
        USER_INFO.matcher(text).replaceAll(found -> Matcher.quoteReplacement(anonymous(found)));
    return QUERY.matcher(anonymous).replaceAll("***");
  }

  /**
   * What a failure says, masked.
   *
   * @param failure any
   * @return its message, or its class where it has none
   */
  public static String messageOf(Throwable failure) {
    return mask(Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString));
  }

  private static String anonymous(MatchResult found) {
    String scheme = found.group(1);
    boolean container =
        OF_CONTAINERS.contains(scheme.toLowerCase(Locale.ROOT)) && !found.group(2).contains(":");
    return container ? found.group() : scheme + "://***";
  }
}
