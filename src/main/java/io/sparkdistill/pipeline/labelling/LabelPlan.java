package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.softtargets.Shard;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What there is to label, and what of it is done.
 *
 * @param table the rows
 * @param splits one a partition of the table
 * @param done shards of some of the splits, listed by a version or not
 * @param gone shards of the newest version whose splits are not there any more
 */
record LabelPlan(ExampleTable table, List<InputSplit> splits, List<Shard> done, List<Shard> gone) {
  Set<String> keys() {
    return splits.stream().map(InputSplit::key).collect(Collectors.toUnmodifiableSet());
  }

  Set<String> missing() {
    Set<String> finished = done.stream().map(Shard::key).collect(Collectors.toSet());
    return keys().stream()
        .filter(key -> !finished.contains(key))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Of missing splits, the shards that they may be: those of as many bytes. */
  Map<String, List<Shard>> candidates() {
    Set<String> missing = missing();
    Map<String, List<Shard>> candidates = new TreeMap<>();
    for (InputSplit split : splits) {
      List<Shard> some =
          gone.stream()
              .filter(shard -> shard.rows() > 0 && shard.badRows() == 0)
              .filter(shard -> split.mayBe(shard.split()))
              .toList();
      if (missing.contains(split.key()) && !some.isEmpty()) {
        candidates.put(split.key(), some);
      }
    }
    return candidates;
  }

  /** The share of the input's bytes that is not labelled yet, 0 to 1. */
  double missingShare(Set<String> missing) {
    long all = splits.stream().mapToLong(InputSplit::length).sum();
    long left =
        splits.stream()
            .filter(split -> missing.contains(split.key()))
            .mapToLong(InputSplit::length)
            .sum();
    return all == 0 ? 1 : (double) left / all;
  }
}
