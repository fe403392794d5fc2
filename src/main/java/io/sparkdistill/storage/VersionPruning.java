package io.sparkdistill.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Takes versions away from readers, before their files are removed. A version that goes is first
 * hidden: its manifest moves from {@code versions/} to {@code pruned/}, where it says what is left
 * to be removed, also after a crash. The output's lock must be held. Instances hold no state but
 * their place.
 */
public final class VersionPruning {
  private final StageDirectory directory;
  private final ManifestFolder visible;
  private final ManifestFolder hidden;
  private final Holds holds;

  /**
   * Looks at nothing yet.
   *
   * @param directory of the stage
   */
  public VersionPruning(StageDirectory directory) {
    this.directory = directory;
    this.visible = directory.manifests();
    this.hidden = directory.pruned();
    this.holds = new Holds(directory);
  }

  /**
   * Decides what stays, and changes nothing.
   *
   * @param newest how many of the newest versions stay in any case, at least 1
   * @return what stays and what goes
   * @throws IOException if the file system fails
   * @throws io.sparkdistill.failure.IntegrityException if a manifest cannot be understood
   */
  public Retention retention(int newest) throws IOException {
    List<Integer> there = visible.numbers();
    List<Manifest> all = new ArrayList<>();
    for (int version : there) {
      all.add(visible.read(version));
    }
    List<Manifest> begun = new ArrayList<>();
    for (int version : hidden.numbers()) {
      // One that is visible still was about to be hidden, and may be half written.
      if (!there.contains(version)) {
        begun.add(hidden.read(version));
      }
    }
    return Retention.of(all, begun, holds.holders(), newest);
  }

  /**
   * Hides the versions that go, then looks at the holds once more.
   *
   * @param decided what goes
   * @return the same, less what a reader got hold of before it was hidden; its files must stay
   * @throws IOException if the file system fails
   */
  public Retention hide(Retention decided) throws IOException {
    FileSystem fs = directory.fs();
    List<Integer> there = visible.numbers();
    for (Manifest manifest : decided.going()) {
      if (!there.contains(manifest.version())) {
        continue;
      }
      Path file = hidden.file(manifest.version());
      Path temporary = new Path(file.getParent(), "." + UUID.randomUUID());
      SmallFiles.replace(file, StrictJson.write(manifest), temporary, directory.conf());
      Path manifestFile = visible.file(manifest.version());
      if (fs.delete(manifestFile, false) && LocalFiles.isLocal(manifestFile)) {
        LocalFiles.syncDirectory(LocalFiles.path(manifestFile));
      }
    }
    return decided.without(holds.holders());
  }

  /**
   * Forgets versions whose files have all been removed.
   *
   * @param retention what {@link #hide} gave
   * @throws IOException if the file system fails
   */
  public void forget(Retention retention) throws IOException {
    for (Manifest manifest : retention.going()) {
      directory.fs().delete(hidden.file(manifest.version()), false);
    }
  }

  /**
   * Holds that do not count any more.
   *
   * @return how many there are
   * @throws IOException if the file system fails
   */
  public int expiredHolds() throws IOException {
    return holds.expired();
  }

  /**
   * Removes the holds that do not count any more. A reader that lives nevertheless writes its own
   * anew.
   *
   * @throws IOException if the file system fails
   */
  public void removeExpiredHolds() throws IOException {
    holds.removeExpired();
  }
}
