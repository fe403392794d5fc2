package io.sparkdistill.softtargets;

import io.sparkdistill.storage.DataFiles.DataFile;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.Retention;
import java.util.List;

/**
 * What was, or would be, removed from a cache, and what stays.
 *
 * @param stage name of the stage
 * @param removed numbers of the versions that go, ascending
 * @param files of these versions that no other lists
 * @param shards whose commits go
 * @param orphans files older than a day that nobody lists; they go
 * @param expiredHolds of readers that have not renewed them; they go
 * @param kept the versions that stay, ascending, each with the reason
 * @param unlisted shards that stay because no version has listed them yet
 * @param young files that nobody lists; they stay because a task may still write them
 */
public record PruneReport(
    String stage,
    List<Integer> removed,
    Amount files,
    int shards,
    Amount orphans,
    int expiredHolds,
    List<Kept> kept,
    int unlisted,
    Amount young) {
  /** Copies the lists. */
  public PruneReport {
    removed = List.copyOf(removed);
    kept = List.copyOf(kept);
  }

  /**
   * Some files.
   *
   * @param files how many
   * @param bytes of all of them
   */
  public record Amount(int files, long bytes) {
    static Amount of(List<DataFile> files) {
      return new Amount(files.size(), files.stream().mapToLong(DataFile::bytes).sum());
    }
  }

  /**
   * A version that stays.
   *
   * @param version its number
   * @param why for people
   */
  public record Kept(int version, String why) {}

  static PruneReport of(String stage, Retention retention, Sweep sweep, int expiredHolds) {
    return new PruneReport(
        stage,
        retention.going().stream().map(Manifest::version).toList(),
        Amount.of(sweep.files()),
        sweep.records().size(),
        Amount.of(sweep.orphans()),
        expiredHolds,
        retention.kept().stream()
            .map(kept -> new Kept(kept.manifest().version(), kept.why()))
            .toList(),
        sweep.unfinished().size(),
        Amount.of(sweep.young()));
  }
}
