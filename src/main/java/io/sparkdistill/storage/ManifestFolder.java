package io.sparkdistill.storage;

import io.sparkdistill.failure.IntegrityException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Manifests of one stage in one folder, which need not exist: {@code N.json} is version N. */
final class ManifestFolder {
  private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})\\.json");

  private final Path folder;
  private final String stage;
  private final FileSystem fs;

  ManifestFolder(Path folder, String stage, FileSystem fs) {
    this.folder = folder;
    this.stage = stage;
    this.fs = fs;
  }

  Path file(int version) {
    return new Path(folder, version + ".json");
  }

  /** The versions that are there, ascending; files of other names are ignored. */
  List<Integer> numbers() throws IOException {
    try {
      return Arrays.stream(fs.listStatus(folder))
          .map(FileStatus::getPath)
          .map(path -> NAME.matcher(path.getName()))
          .filter(Matcher::matches)
          .map(matcher -> Integer.valueOf(matcher.group(1)))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /**
   * One of them.
   *
   * @throws IntegrityException if it cannot be understood, or is that of another version or stage
   */
  Manifest read(int version) throws IOException {
    Path file = file(version);
    Manifest manifest =
        StrictJson.read(
            SmallFiles.read(fs, file),
            Manifest.class,
            Manifest.SCHEMA_VERSION,
            "manifest " + Locations.display(file));
    if (!manifest.stage().equals(stage) || manifest.version() != version) {
      throw new IntegrityException(
          "Cannot use manifest "
              + Locations.display(file)
              + ", it says that it is version "
              + manifest.version()
              + " of "
              + manifest.stage()
              + ". Restore it, or use another output.");
    }
    return manifest;
  }
}
