package io.sparkdistill.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How this process calls itself in locks and holds. Stateless and thread-safe. */
public final class Holder {
  private Holder() {}

  /**
   * Names work, and where and since when it runs.
   *
   * @param work what is done, such as {@code run of digits.conf}
   * @return one line for people
   */
  public static String of(String work) {
    return work
        + ", process "
        + ProcessHandle.current().pid()
        + " on "
        + host()
        + ", since "
        + Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unknown host";
    }
  }
}
