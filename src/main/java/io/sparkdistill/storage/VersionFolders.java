package io.sparkdistill.storage;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Versions as folders whose names are their numbers, {@code 000001} and on, each whole or not there
 * at all. Instances hold no state but their place.
 */
public final class VersionFolders {
  private static final Pattern NAME = Pattern.compile("[0-9]{6,9}");

  /** Folders that writers which were killed have left behind one another: more are no accident. */
  private static final int MOST_LEFT = 1000;

  private final Path folder;
  private final String stage;
  private final Configuration conf;

  /**
   * Looks at nothing yet.
   *
   * @param folder qualified; need not exist
   * @param stage what the versions' manifests say that they are of
   * @param conf where file systems are configured
   */
  public VersionFolders(Path folder, String stage, Configuration conf) {
    this.folder = folder;
    this.stage = stage;
    this.conf = conf;
  }

  /**
   * How a version's folder is called.
   *
   * @param version 1 or more
   * @return six digits or more
   */
  public static String name(int version) {
    return String.format(Locale.ROOT, "%06d", version);
  }

  /**
   * Where a version is, or would be.
   *
   * @param version 1 or more
   * @return its folder
   */
  public SealedFolder folder(int version) {
    return new SealedFolder(new Path(folder, name(version)), stage, conf);
  }

  /**
   * One version.
   *
   * @param version any number
   * @return empty if there is none
   * @throws IntegrityException if it cannot be understood
   */
  public Optional<Manifest> version(int version) {
    Optional<Manifest> manifest = folder(version).manifest();
    if (manifest.isPresent() && manifest.get().version() != version) {
      throw new IntegrityException(
          "Cannot use version "
              + Locations.display(folder(version).root())
              + ", its manifest is that of another one: "
              + manifest.get().version()
              + ". Restore it.");
    }
    return manifest;
  }

  /**
   * All versions that are there.
   *
   * @return ascending
   * @throws IntegrityException if one cannot be understood
   */
  public List<Manifest> all() {
    return numbers().stream().flatMap(number -> version(number).stream()).toList();
  }

  private List<Integer> numbers() {
    try {
      return Arrays.stream(Locations.fileSystem(folder, conf).listStatus(folder))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .filter(name -> NAME.matcher(name).matches())
          .map(Integer::valueOf)
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw Unreadable.folder(folder, e);
    }
  }

  /**
   * Publishes a version above all that are there. A number at which somebody has left other files
   * is passed over, because they may still be written.
   *
   * @param inputs what decides the content
   * @param facts what is worth knowing of it
   * @param contents of the files, by their names
   * @return with its number
   * @throws ConflictException if far too many numbers are taken
   * @throws TransientException if it is not known whether it was published
   */
  public Manifest publish(
      Map<String, String> inputs, Map<String, String> facts, Map<String, byte[]> contents) {
    List<Manifest> there = all();
    int first = there.isEmpty() ? 1 : there.get(there.size() - 1).version() + 1;
    for (int number = first; number < first + MOST_LEFT; number++) {
      Optional<Manifest> sealed = folder(number).seal(number, inputs, facts, contents);
      if (sealed.isPresent()) {
        return sealed.get();
      }
    }
    throw new ConflictException(
        "Cannot publish below "
            + Locations.display(folder)
            + ", the next numbers are all taken: "
            + name(first)
            + " and on. Remove folders there that have no manifest.json.");
  }
}
