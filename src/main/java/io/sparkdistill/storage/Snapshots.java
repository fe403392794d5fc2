package io.sparkdistill.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Numbered saves of work that is not done yet, in a directory of their own. Each is committed as a
 * stage's version is, but nobody reads one while it is removed, so that holds are not asked. The
 * output's lock must be held for whatever changes something. Instances hold no state but their
 * place.
 */
public final class Snapshots {
  private final StageDirectory directory;

  /**
   * Looks at nothing yet.
   *
   * @param directory that holds nothing else
   */
  public Snapshots(StageDirectory directory) {
    this.directory = directory;
  }

  /**
   * One that was read.
   *
   * @param manifest how it was committed
   * @param contents of its files, by their names
   */
  public record Snapshot(Manifest manifest, Map<String, byte[]> contents) {}

  /**
   * Where they are.
   *
   * @return a qualified path
   */
  public Path root() {
    return directory.root();
  }

  /**
   * Those that are there, whole or not.
   *
   * @return ascending numbers
   */
  public List<Integer> numbers() {
    return directory.versions();
  }

  /**
   * Reads one, after a look at its digests.
   *
   * @param number from {@link #numbers()}
   * @return empty if it is gone
   * @throws io.sparkdistill.failure.IntegrityException if it is torn or damaged
   */
  public Optional<Snapshot> read(int number) {
    return directory.version(number).map(this::read);
  }

  private Snapshot read(Manifest manifest) {
    Map<String, byte[]> contents = new TreeMap<>();
    for (PublishedFile file : manifest.files()) {
      contents.put(file.name(), directory.read(file));
    }
    return new Snapshot(manifest, contents);
  }

  /**
   * Writes the files, and then commits them.
   *
   * @param inputs what the work belongs to
   * @param facts for people
   * @param contents of the files, by their names
   * @return with a number above all that are there
   * @throws io.sparkdistill.failure.ConflictException if another run has committed that number
   * @throws io.sparkdistill.failure.TransientException if it is not known whether it is there
   */
  public Manifest save(
      Map<String, String> inputs, Map<String, String> facts, Map<String, byte[]> contents) {
    List<Integer> there = numbers();
    int number = there.isEmpty() ? 1 : there.get(there.size() - 1) + 1;
    Path attempt = directory.newAttempt();
    List<PublishedFile> files = new ArrayList<>();
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      files.add(directory.write(attempt, content.getKey(), content.getValue()));
    }
    Manifest manifest =
        Manifest.unpublished(directory.stage(), inputs, facts, files).numbered(number);
    directory.commit(manifest);
    return manifest;
  }

  /**
   * Removes all others, and every file that none of those that stay lists.
   *
   * @param staying numbers of whole ones
   */
  public void retain(Set<Integer> staying) {
    try {
      ManifestFolder manifests = directory.manifests();
      for (int number : numbers()) {
        if (!staying.contains(number)) {
          directory.fs().delete(manifests.file(number), false);
        }
      }
      Set<String> listed = new TreeSet<>();
      for (int number : numbers()) {
        manifests.read(number).files().forEach(file -> listed.add(file.path()));
      }
      DataFiles files = new DataFiles(directory);
      files.remove(files.list().stream().filter(file -> !listed.contains(file.path())).toList());
    } catch (IOException e) {
      throw directory.unreadable(e);
    }
  }

  /** Removes all of them, and everything else in the directory. */
  public void clear() {
    FileSystem fs = directory.fs();
    try {
      if (!fs.exists(directory.root())) {
        return;
      }
      retain(Set.of());
      fs.delete(directory.root(), true);
      Path parent = directory.root().getParent();
      if (fs.listStatus(parent).length == 0) {
        fs.delete(parent, false);
      }
    } catch (IOException e) {
      throw directory.unreadable(e);
    }
  }
}
