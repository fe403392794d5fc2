package io.sparkdistill.cli;

import io.sparkdistill.softtargets.PruneReport;
import io.sparkdistill.softtargets.PruneReport.Amount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was removed and what stays, for people.
 *
 * @param removed how the removing is called: it has been done, or would be
 * @param kept likewise
 */
record PruneText(String removed, String kept) {
  Stream<String> lines(PruneReport report) {
    List<String> lines = new ArrayList<>();
    if (!report.removed().isEmpty()) {
      lines.add(
          format(
              "%s %s: %s, %s",
              removed,
              versions(report.removed()),
              amount(report.files()),
              count(report.shards(), "shard")));
    } else if (report.shards() > 0) {
      lines.add(format("%s %s whose files are gone", removed, count(report.shards(), "shard")));
    }
    if (report.orphans().files() > 0) {
      lines.add(
          format("%s %s older than a day that nobody lists", removed, amount(report.orphans())));
    }
    if (report.expiredHolds() > 0) {
      lines.add(format("%s %s", removed, count(report.expiredHolds(), "expired hold")));
    }
    if (lines.isEmpty()) {
      lines.add("nothing to remove");
    }
    Map<String, List<Integer>> reasons = new LinkedHashMap<>();
    report
        .kept()
        .forEach(
            version ->
                reasons
                    .computeIfAbsent(version.why(), why -> new ArrayList<>())
                    .add(version.version()));
    reasons.forEach(
        (why, versions) -> lines.add(format("%s %s: %s", kept, versions(versions), why)));
    if (report.unlisted() > 0) {
      lines.add(
          format(
              "%s %s that no version lists yet: for the next label",
              kept, count(report.unlisted(), "shard")));
    }
    if (report.young().files() > 0) {
      lines.add(
          format(
              "%s %s that nobody lists: not older than a day, a task may still write them",
              kept, amount(report.young())));
    }
    return lines.stream().map(line -> report.stage() + ": " + line);
  }

  private static String versions(List<Integer> numbers) {
    return (numbers.size() == 1 ? "version " : "versions ")
        + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String amount(Amount amount) {
    return count(amount.files(), "file") + ", " + count(amount.bytes(), "byte");
  }

  private static String count(long number, String noun) {
    return format(number == 1 ? "%,d %s" : "%,d %ss", number, noun);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
