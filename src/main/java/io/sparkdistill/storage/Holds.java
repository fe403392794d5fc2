package io.sparkdistill.storage;

import io.sparkdistill.failure.IntegrityException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The holds in a stage's directory, {@code holds/VERSION-NAME.json}. The name decides, so that a
 * hold counts also while its content is being written anew.
 */
final class Holds {
  /**
   * How long a hold counts after it was written. Longer than for locks: a hold that is dead costs
   * space, one that is taken for dead costs a training.
   */
  static final Duration EXPIRY = Duration.ofMinutes(10);

  private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})-.+\\.json");

  private final StageDirectory directory;

  Holds(StageDirectory directory) {
    this.directory = directory;
  }

  /**
   * What a hold says.
   *
   * @param schemaVersion version of this format
   * @param version that is held
   * @param holder who reads it
   */
  record Note(int schemaVersion, int version, String holder) {
    static final int SCHEMA_VERSION = 1;
  }

  static Path newFile(StageDirectory directory, int version) {
    return new Path(folder(directory), version + "-" + UUID.randomUUID() + ".json");
  }

  static void write(StageDirectory directory, Path file, byte[] content) throws IOException {
    Path temporary = new Path(folder(directory), "." + UUID.randomUUID());
    SmallFiles.replace(file, content, temporary, directory.conf());
  }

  /** Who holds which versions now. */
  SortedMap<Integer, List<String>> holders() throws IOException {
    SortedMap<Integer, List<String>> holders = new TreeMap<>();
    for (FileStatus status : survey().live()) {
      Matcher name = NAME.matcher(status.getPath().getName());
      if (name.matches()) {
        holders
            .computeIfAbsent(Integer.valueOf(name.group(1)), version -> new ArrayList<>())
            .add(holder(status.getPath()));
      }
    }
    return holders;
  }

  /** How many have expired; they are ignored. */
  int expired() throws IOException {
    return survey().expired().size();
  }

  void removeExpired() throws IOException {
    for (FileStatus status : survey().expired()) {
      directory.fs().delete(status.getPath(), false);
    }
  }

  private record Survey(List<FileStatus> live, List<FileStatus> expired) {}

  private Survey survey() throws IOException {
    if (files().isEmpty()) {
      return new Survey(List.of(), List.of());
    }
    // Before the listing: a hold that is renewed meanwhile must not look older than it is.
    long now = StoreClock.now(directory.fs(), folder(directory));
    List<FileStatus> live = new ArrayList<>();
    List<FileStatus> expired = new ArrayList<>();
    for (FileStatus status : files()) {
      long age = now - status.getModificationTime();
      (age < EXPIRY.toMillis() ? live : expired).add(status);
    }
    return new Survey(live, expired);
  }

  private List<FileStatus> files() throws IOException {
    try {
      return Arrays.stream(directory.fs().listStatus(folder(directory)))
          .filter(FileStatus::isFile)
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private String holder(Path file) throws IOException {
    try {
      byte[] json = SmallFiles.read(directory.fs(), file);
      return StrictJson.read(json, Note.class, Note.SCHEMA_VERSION, "hold " + file).holder();
    } catch (FileNotFoundException | NoSuchFileException | IntegrityException e) {
      return "a reader that does not say who it is";
    }
  }

  private static Path folder(StageDirectory directory) {
    return new Path(directory.root(), "holds");
  }
}
