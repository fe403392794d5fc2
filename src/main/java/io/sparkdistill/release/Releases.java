package io.sparkdistill.release;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.OnceFiles;
import io.sparkdistill.storage.PointerFile;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.SealedFolder;
import io.sparkdistill.storage.StrictJson;
import io.sparkdistill.storage.VersionFolders;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A place where students are released: numbered versions, the pointer to the one that is in use,
 * and its history. The place's lock should be held for whatever changes something; without it, of
 * two that change what is in use at once, one is refused. Instances hold no state but their place.
 */
public final class Releases {
  /** The student of a version. */
  public static final String STUDENT = "student.zip";

  /** The input of a version that says which student it holds. */
  public static final String STUDENT_SHA256 = "student.sha256";

  private static final String STAGE = "release";
  private static final Pattern ENTRY = Pattern.compile("[0-9]{6,9}\\.json");

  private final Path root;
  private final VersionFolders versions;
  private final OnceFiles history;
  private final PointerFile pointer;

  /**
   * Looks at nothing yet.
   *
   * @param root qualified; need not exist
   * @param conf where file systems are configured
   */
  public Releases(Path root, Configuration conf) {
    this.root = root;
    this.versions = new VersionFolders(new Path(root, "versions"), STAGE, conf);
    this.history = new OnceFiles(new Path(root, "history"), conf);
    this.pointer = new PointerFile(new Path(root, "current"), conf);
  }

  /**
   * The place.
   *
   * @return its qualified path
   */
  public Path root() {
    return root;
  }

  /**
   * Where a version is.
   *
   * @param version of this place
   * @return for people
   */
  public String place(Manifest version) {
    return Locations.display(versions.folder(version.version()).root());
  }

  /**
   * The version that is in use.
   *
   * @return empty if none was ever released
   * @throws io.sparkdistill.failure.IntegrityException if it cannot be understood, or is gone
   */
  public Optional<Manifest> current() {
    OptionalInt current = inUse();
    return current.isEmpty() ? Optional.empty() : Optional.of(existing(current.getAsInt()));
  }

  /**
   * The number of the version that is in use, whether it is still there or not.
   *
   * @return empty if none was ever released
   */
  public OptionalInt inUse() {
    return history().current();
  }

  /**
   * The version that was in use before the current one.
   *
   * @return empty if there is none
   */
  public Optional<Manifest> before() {
    OptionalInt before = history().before();
    return before.isEmpty() ? Optional.empty() : Optional.of(existing(before.getAsInt()));
  }

  /**
   * One version.
   *
   * @param number any
   * @return empty if there is none
   */
  public Optional<Manifest> version(int number) {
    return versions.version(number);
  }

  /**
   * All versions, in use or not.
   *
   * @return ascending
   */
  public List<Manifest> all() {
    return versions.all();
  }

  /**
   * The version that holds a student.
   *
   * @param sha256 of its zip
   * @return the newest; empty if it was never published
   */
  public Optional<Manifest> holding(String sha256) {
    return all().stream()
        .filter(version -> sha256.equals(version.inputs().get(STUDENT_SHA256)))
        .reduce((older, newer) -> newer);
  }

  /**
   * Whether a version was ever in use.
   *
   * @param version of this place
   * @return true also while it is
   */
  public boolean wasCurrent(Manifest version) {
    return history().has(version.version());
  }

  /**
   * Publishes a version, which is not in use yet.
   *
   * @param inputs what decides it, among them {@value #STUDENT_SHA256}
   * @param facts what is worth knowing of it
   * @param contents of its files, by their names
   * @return with its number
   */
  public Manifest publish(
      Map<String, String> inputs, Map<String, String> facts, Map<String, byte[]> contents) {
    return versions.publish(inputs, facts, contents);
  }

  /**
   * The number of the next change of what is in use.
   *
   * @return for {@link #use} and {@link #goBack}, taken before it is decided
   */
  public int turn() {
    return history().next();
  }

  /**
   * Brings a version that was just published into use.
   *
   * @param version of this place
   * @param turn of {@link #turn()}
   * @param holder who does it, for people
   * @throws ConflictException if another has changed what is in use since then
   */
  public void use(Manifest version, int turn, String holder) {
    change(version, turn, HistoryEntry.Event.PUBLISHED, holder);
  }

  /**
   * Goes back to a version, or forward again, after a look at all of its files.
   *
   * @param version of this place
   * @param turn of {@link #turn()}
   * @param holder who does it, for people
   * @throws ConflictException if another has changed what is in use since then
   * @throws io.sparkdistill.failure.IntegrityException if it is not what was published
   */
  public void goBack(Manifest version, int turn, String holder) {
    verify(version);
    change(version, turn, HistoryEntry.Event.ROLLED_BACK, holder);
  }

  private void change(Manifest version, int number, HistoryEntry.Event event, String holder) {
    HistoryEntry entry =
        new HistoryEntry(
            HistoryEntry.SCHEMA_VERSION,
            number,
            version.version(),
            event,
            holder,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    if (!history.create(file(number), StrictJson.write(entry))) {
      throw new ConflictException(
          "Cannot bring version "
              + version.version()
              + " of "
              + Locations.display(root)
              + " into use, another run has changed what is in use in the meantime. Run again,"
              + " which begins with what is in use by now.");
    }
    refreshPointer();
  }

  /** Makes the pointer say what the history says, where it does not. */
  public void refreshPointer() {
    history().current().ifPresent(version -> pointer.replace(VersionFolders.name(version)));
  }

  /**
   * Reads all files of a version, and compares them with their digests.
   *
   * @param version of this place
   * @throws io.sparkdistill.failure.IntegrityException if any is not what was published
   */
  public void verify(Manifest version) {
    version.files().forEach(file -> read(version, file));
  }

  /**
   * A file of a version, after a look at its digest.
   *
   * @param version of this place
   * @param name of the file
   * @return all of it
   * @throws io.sparkdistill.failure.IntegrityException if it is not what was published
   */
  public byte[] read(Manifest version, String name) {
    return read(version, version.file(name));
  }

  private byte[] read(Manifest version, PublishedFile file) {
    SealedFolder folder = versions.folder(version.version());
    return folder.read(file);
  }

  private Manifest existing(int version) {
    return version(version)
        .orElseThrow(
            () ->
                new IntegrityException(
                    "Cannot use the releases in "
                        + Locations.display(root)
                        + ", the version that was in use is gone: "
                        + VersionFolders.name(version)
                        + ". Restore it, or roll back to another one with --to."));
  }

  private History history() {
    List<HistoryEntry> entries = new ArrayList<>();
    for (String name : history.names()) {
      if (ENTRY.matcher(name).matches()) {
        history.read(name).ifPresent(json -> entries.add(entry(name, json)));
      }
    }
    entries.sort(Comparator.comparing(HistoryEntry::number));
    return new History(entries);
  }

  private HistoryEntry entry(String name, byte[] json) {
    return StrictJson.read(
        json,
        HistoryEntry.class,
        HistoryEntry.SCHEMA_VERSION,
        "history " + Locations.display(new Path(root, "history/" + name)));
  }

  private static String file(int number) {
    return String.format(Locale.ROOT, "%06d.json", number);
  }
}
