package io.sparkdistill.softtargets;

import io.sparkdistill.softtargets.ShardRecords.Committed;
import io.sparkdistill.storage.DataFiles.DataFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be removed from a cache, and what stays though no version lists it.
 *
 * @param records commits of shards of versions that go, and of those whose files are not there
 * @param files of versions that go, and of no other
 * @param orphans that nobody lists, and that are too old to be of a task that still runs
 * @param young files that nobody lists, and that may be of a task that still runs
 * @param unfinished commits of shards that no version lists yet
 */
record Sweep(
    List<Committed> records,
    List<DataFile> files,
    List<DataFile> orphans,
    List<DataFile> young,
    List<Committed> unfinished) {
  /** How old a file that nobody lists must be, by the store's clock. */
  static final Duration ORPHAN_AGE = Duration.ofDays(1);

  /**
   * Decides.
   *
   * @param kept what the versions that stay list
   * @param going what the versions that go list
   * @param records that may have to go; others are of the newest version
   * @param there all files that are there
   */
  static Sweep of(Listed kept, Listed going, List<Committed> records, List<DataFile> there) {
    Set<String> staying = new HashSet<>();
    for (DataFile file : there) {
      if (kept.files().contains(file.path()) || !going.files().contains(file.path())) {
        staying.add(file.path());
      }
    }
    List<Committed> gone = new ArrayList<>();
    List<Committed> unfinished = new ArrayList<>();
    Set<String> listed = new HashSet<>(kept.files());
    for (Committed committed : records) {
      Shard shard = committed.shard();
      List<String> paths = Listed.paths(shard);
      boolean ofKept = kept.shards().contains(shard);
      // A shard without rows has no files that could tell whose it is.
      boolean ofGoing = paths.isEmpty() && going.shards().contains(shard);
      if (!ofKept && (ofGoing || !staying.containsAll(paths))) {
        gone.add(committed);
      } else {
        listed.addAll(paths);
        if (!ofKept) {
          unfinished.add(committed);
        }
      }
    }
    List<DataFile> files = new ArrayList<>();
    List<DataFile> orphans = new ArrayList<>();
    List<DataFile> young = new ArrayList<>();
    for (DataFile file : there) {
      if (!staying.contains(file.path())) {
        files.add(file);
      } else if (!listed.contains(file.path())) {
        (file.age().compareTo(ORPHAN_AGE) > 0 ? orphans : young).add(file);
      }
    }
    return new Sweep(gone, files, orphans, young, unfinished);
  }
}
