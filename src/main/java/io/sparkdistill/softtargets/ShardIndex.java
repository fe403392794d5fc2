package io.sparkdistill.softtargets;

import io.sparkdistill.examples.FeatureType;
import io.sparkdistill.examples.MultisetDigest;
import io.sparkdistill.storage.PublishedFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shards of one version of the cache, which together are all of it.
 *
 * @param schemaVersion version of this format; this build writes and reads {@value #SCHEMA_VERSION}
 * @param shards in the order of their files and offsets
 * @param scored keys of those that this version's run scored; others were there before
 */
public record ShardIndex(int schemaVersion, List<Shard> shards, Set<String> scored) {
  /** The format that this build writes. */
  public static final int SCHEMA_VERSION = 2;

  /** Orders the shards, so that the same ones make the same index. */
  public ShardIndex {
    List<Shard> sorted = new ArrayList<>(shards);
    sorted.sort(
        Comparator.comparing((Shard shard) -> shard.split().file())
            .thenComparingLong(shard -> shard.split().start()));
    shards = List.copyOf(sorted);
    scored = Collections.unmodifiableSet(new TreeSet<>(scored));
  }

  /**
   * Rows with soft targets.
   *
   * @return 0 or more
   */
  public long rows() {
    return shards.stream().mapToLong(Shard::rows).sum();
  }

  /**
   * Of them, those that this version's run scored.
   *
   * @return 0 or more
   */
  public long rowsScored() {
    return shards.stream()
        .filter(shard -> scored.contains(shard.key()))
        .mapToLong(Shard::rows)
        .sum();
  }

  /**
   * Rows that were set aside.
   *
   * @return 0 or more
   */
  public long badRows() {
    return shards.stream().mapToLong(Shard::badRows).sum();
  }

  /**
   * Rows whose label is not the teacher's largest class.
   *
   * @return 0 or more
   */
  public long teacherErrors() {
    return shards.stream().mapToLong(Shard::teacherErrors).sum();
  }

  /**
   * Bytes of the logits column in all files.
   *
   * @return compressed, with page headers
   */
  public long logitBytes() {
    return shards.stream().mapToLong(Shard::logitBytes).sum();
  }

  /**
   * Widths of features that occur.
   *
   * @return one, if all is well; none without rows
   */
  public List<Integer> widths() {
    return shards.stream().filter(s -> s.rows() > 0).map(Shard::width).distinct().sorted().toList();
  }

  /**
   * What inputs are stored as.
   *
   * @return the same for all shards
   */
  public FeatureType features() {
    return shards.isEmpty() ? FeatureType.NONE : shards.get(0).features();
  }

  /**
   * How many of the teacher's inner tensors are stored.
   *
   * @return the same for all shards
   */
  public int intermediates() {
    return shards.isEmpty() ? 0 : shards.get(0).intermediates();
  }

  /**
   * Digest of the examples that were scored.
   *
   * @return independent of their order and of the layout of files
   */
  public String examplesSha256() {
    MultisetDigest digest = new MultisetDigest();
    shards.forEach(shard -> digest.addAll(shard.examplesSum(), shard.rows()));
    return digest.hex();
  }

  /**
   * Digest of the rows with their logits.
   *
   * @return independent of their order and of the layout of files
   */
  public String contentSha256() {
    MultisetDigest digest = new MultisetDigest();
    shards.forEach(shard -> digest.addAll(shard.contentSum(), shard.rows()));
    return digest.hex();
  }

  /**
   * Files of scored rows.
   *
   * @return in order
   */
  public List<PublishedFile> files() {
    return shards.stream().flatMap(shard -> shard.files().stream()).toList();
  }

  /**
   * Files of scored and of bad rows.
   *
   * @return in order
   */
  public List<PublishedFile> allFiles() {
    return shards.stream()
        .flatMap(shard -> Stream.concat(shard.files().stream(), shard.quarantine().stream()))
        .toList();
  }

  /**
   * Names of the shards.
   *
   * @return their keys
   */
  public Set<String> keys() {
    return shards.stream().map(Shard::key).collect(Collectors.toUnmodifiableSet());
  }
}
