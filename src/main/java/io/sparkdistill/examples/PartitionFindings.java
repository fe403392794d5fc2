package io.sparkdistill.examples;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found in some rows; findings of parts add up to those of the whole. Not thread-safe. */
final class PartitionFindings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SAMPLES = 5;

  private final MultisetDigest digest = new MultisetDigest();
  private final TreeMap<Integer, Width> widths = new TreeMap<>();
  private final ArrayList<String> samples = new ArrayList<>();
  private long bad;

  /** How many rows have a width, and the name of one of them. */
  record Width(long rows, String id) implements Serializable {}

  void addBad(String id, String problem) {
    bad++;
    if (samples.size() < SAMPLES) {
      samples.add("row '" + id + "' " + problem);
    }
  }

  void addGood(String id, int width, byte[] sha256) {
    digest.add(sha256);
    widths.merge(width, new Width(1, id), PartitionFindings::sum);
  }

  PartitionFindings plus(PartitionFindings other) {
    PartitionFindings result = new PartitionFindings();
    for (PartitionFindings part : List.of(this, other)) {
      result.digest.addAll(part.digest);
      part.widths.forEach(
          (width, rows) -> result.widths.merge(width, rows, PartitionFindings::sum));
      result.bad += part.bad;
    }
    Stream.concat(samples.stream(), other.samples.stream())
        .sorted()
        .limit(SAMPLES)
        .forEach(result.samples::add);
    return result;
  }

  long bad() {
    return bad;
  }

  String samples() {
    return String.join("; ", samples) + (bad > samples.size() ? "; …" : "");
  }

  Map<Integer, Width> widths() {
    return widths;
  }

  String describeWidths() {
    return widths.entrySet().stream()
        .map(
            e ->
                e.getValue().rows() + " of " + e.getKey() + " (as row '" + e.getValue().id() + "')")
        .collect(Collectors.joining(", "));
  }

  MultisetDigest digest() {
    return digest;
  }

  private static Width sum(Width a, Width b) {
    return new Width(a.rows() + b.rows(), a.id().compareTo(b.id()) <= 0 ? a.id() : b.id());
  }
}
