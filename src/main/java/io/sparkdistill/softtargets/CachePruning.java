package io.sparkdistill.softtargets;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.DataFiles;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.Retention;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.VersionPruning;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Removes old versions of a cache, and what no version needs. A version is hidden before anything
 * of it is removed, the commit of a shard goes before its files, and what is left to do is known
 * until it is done: after a crash at any point all that readers find is whole, and the next prune
 * goes on. Instances hold no state but their place.
 */
public final class CachePruning {
  private final StageDirectory directory;
  private final CacheDirectory cache;
  private final VersionPruning versions;
  private final DataFiles files;
  private final ShardRecords records;

  /**
   * Looks at nothing yet.
   *
   * @param directory of the stage
   * @param conf where file systems are configured
   */
  public CachePruning(StageDirectory directory, Configuration conf) {
    this.directory = directory;
    this.cache = new CacheDirectory(directory, conf);
    this.versions = new VersionPruning(directory);
    this.files = new DataFiles(directory);
    this.records = new ShardRecords(directory.root(), conf);
  }

  /**
   * Says what {@link #run} would do, and removes nothing.
   *
   * @param newest how many of the newest versions stay in any case, at least 1
   * @return what would be removed, and what would stay
   * @throws IntegrityException if a manifest, the list of a version that stays, or the commit of a
   *     shard cannot be understood
   * @throws TransientException if the file system fails
   */
  public PruneReport plan(int newest) {
    try {
      Retention retention = versions.retention(newest);
      return PruneReport.of(
          directory.root().getName(), retention, sweep(retention), versions.expiredHolds());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Removes what is not needed. The output's lock must be held.
   *
   * @param newest how many of the newest versions stay in any case, at least 1
   * @return what was removed, and what stays
   * @throws IntegrityException if a manifest, the list of a version that stays, or the commit of a
   *     shard cannot be understood; then nothing was removed
   * @throws TransientException if the file system fails; what readers find is whole
   */
  public PruneReport run(int newest) {
    try {
      Retention decided = versions.retention(newest);
      Sweep planned = sweep(decided);
      Retention retention = versions.hide(decided);
      Sweep sweep = retention.equals(decided) ? planned : sweep(retention);
      int expired = versions.expiredHolds();
      records.remove(sweep.records());
      files.remove(sweep.files());
      versions.forget(retention);
      files.remove(sweep.orphans());
      versions.removeExpiredHolds();
      return PruneReport.of(directory.root().getName(), retention, sweep, expired);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Sweep sweep(Retention retention) throws IOException {
    List<Manifest> kept = retention.kept().stream().map(Retention.Kept::manifest).toList();
    Listed going = Listed.ofGoing(retention.going(), cache);
    Listed newest = Listed.of(kept.subList(Math.max(0, kept.size() - 1), kept.size()), cache);
    return Sweep.of(
        Listed.of(kept, cache),
        going,
        records.allBut(newest.namesNotContradictedBy(going)),
        files.list());
  }

  private TransientException failed(IOException e) {
    return new TransientException(
        "Cannot prune "
            + Locations.display(directory.root())
            + ", the file system failed: "
            + Secrets.messageOf(e)
            + ". What is left is whole; prune again, it goes on.",
        e);
  }
}
