package io.sparkdistill.softtargets;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some versions of a cache list together.
 *
 * @param files their paths
 * @param shards of all of them; a key may stand here more than once
 */
record Listed(Set<String> files, Set<Shard> shards) {
  private static final Logger LOG = LoggerFactory.getLogger(Listed.class);

  /**
   * Reads what versions list.
   *
   * @throws IntegrityException if the list of shards of one is not what was published
   */
  static Listed of(List<Manifest> manifests, CacheDirectory cache) {
    Set<String> files = new HashSet<>();
    Set<Shard> shards = new HashSet<>();
    for (Manifest manifest : manifests) {
      manifest.files().forEach(file -> files.add(file.path()));
      shards.addAll(cache.index(manifest).shards());
    }
    return new Listed(files, shards);
  }

  /** The same, of versions that may be damaged, or whose removal has begun. */
  static Listed ofGoing(List<Manifest> manifests, CacheDirectory cache) {
    Set<String> files = new HashSet<>();
    Set<Shard> shards = new HashSet<>();
    for (Manifest manifest : manifests) {
      manifest.files().forEach(file -> files.add(file.path()));
      try {
        shards.addAll(cache.index(manifest).shards());
      } catch (IntegrityException e) {
        LOG.info("Version {} goes unread: {}", manifest.version(), e.getMessage());
      }
    }
    return new Listed(files, shards);
  }

  /** Names of shards, but for those of which others list another attempt. */
  Set<String> namesNotContradictedBy(Listed others) {
    Set<String> names = shards.stream().map(ShardStore::name).collect(Collectors.toSet());
    others.shards().stream()
        .filter(shard -> !shards.contains(shard))
        .forEach(shard -> names.remove(ShardStore.name(shard)));
    return names;
  }

  static List<String> paths(Shard shard) {
    return Stream.concat(shard.files().stream(), shard.quarantine().stream())
        .map(PublishedFile::path)
        .toList();
  }
}
