package io.sparkdistill.softtargets;

import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.StrictJson;
import io.sparkdistill.storage.VersionHold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Where a cache of soft targets is: versions that list shards, and shards that wait for one.
 * Instances hold no state but their place.
 */
public final class CacheDirectory {
  /** Names the schema version of a cache's shards and columns among a manifest's inputs. */
  public static final String SCHEMA_INPUT = "cache.schemaVersion";

  private static final String INDEX = "shards.json";

  private final StageDirectory directory;
  private final Configuration conf;

  /**
   * A place, which need not exist.
   *
   * @param directory of the stage
   * @param conf where file systems are configured
   */
  public CacheDirectory(StageDirectory directory, Configuration conf) {
    this.directory = directory;
    this.conf = conf;
  }

  /**
   * The stage's directory.
   *
   * @return its qualified path
   */
  public Path root() {
    return directory.root();
  }

  /**
   * The newest version.
   *
   * @return empty if nothing was published
   */
  public Optional<Manifest> current() {
    return directory.current();
  }

  /**
   * Keeps a version from being pruned while it is read: to be called before anything of it is read.
   *
   * @param manifest one of this stage's versions
   * @param reader who reads it, for people
   * @return to be closed when nothing of the version is read any more
   * @throws TransientException if the version is not there any more
   */
  public VersionHold hold(Manifest manifest, String reader) {
    return directory.hold(manifest, reader);
  }

  /** The same for a reader who perhaps may not write; empty where the log says so. */
  Optional<VersionHold> holdIfAllowed(Manifest manifest, String reader) {
    return directory.holdIfAllowed(manifest, reader);
  }

  /**
   * Does something with a version that perhaps nobody holds, so that prune may be the reason why it
   * fails.
   *
   * @param action what is done, for people: "read"
   * @throws TransientException in the place of any failure, if the version is not there any more
   */
  <T> T unlessPruned(Manifest manifest, String action, Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) {
      if (directory.version(manifest.version()).isPresent()) {
        throw e;
      }
      throw new TransientException(
          "Cannot "
              + action
              + " version "
              + manifest.version()
              + " of "
              + Locations.display(root())
              + ", it is not there any more: it was pruned meanwhile. Run again, which reads the"
              + " newest version.",
          e);
    }
  }

  /**
   * Describes the newest version.
   *
   * @return empty if no soft targets were published
   */
  public Optional<CacheReport> report() {
    return published()
        .map(manifest -> CacheReport.of(manifest, index(manifest), directory.versions()));
  }

  /** The newest version, where it is one of soft targets. */
  Optional<Manifest> published() {
    return current().filter(manifest -> manifest.files().stream().anyMatch(file -> isIndex(file)));
  }

  /** The others are stages of other kinds. */
  private static boolean isIndex(PublishedFile file) {
    return file.path().endsWith("/" + INDEX);
  }

  /**
   * Looks whether this build reads a version.
   *
   * @param manifest one of this stage's versions
   * @throws IntegrityException naming both schema versions if it does not
   */
  public void requireSchema(Manifest manifest) {
    String here = Integer.toString(Shard.SCHEMA_VERSION);
    // Where it is not named, the list of shards names its own.
    String there = manifest.inputs().getOrDefault(SCHEMA_INPUT, here);
    if (!there.equals(here)) {
      throw new IntegrityException(
          "Cannot read the soft targets in "
              + Locations.display(directory.root())
              + ", they are of another format: schema version "
              + there
              + ", and this build reads schema version "
              + here
              + ". Use the release that wrote them, or label into another output.");
    }
  }

  /**
   * The shards of a version, after a look at the checksum of their list.
   *
   * @param manifest one of this stage's versions
   * @return its index
   * @throws IntegrityException if it is of another schema version, or not what was published
   */
  public ShardIndex index(Manifest manifest) {
    requireSchema(manifest);
    PublishedFile file = manifest.file(INDEX);
    return StrictJson.read(
        directory.read(file), ShardIndex.class, ShardIndex.SCHEMA_VERSION, "index " + file.path());
  }

  /**
   * Shards that were committed for some splits, also those that no version lists.
   *
   * @param binding digest of all but the rows that decides what is in them
   * @param splits to look for
   * @return those that are there
   */
  public List<Shard> finished(String binding, List<InputSplit> splits) {
    return splits.isEmpty()
        ? List.of()
        : new ShardStore(directory.root(), binding, conf).finished(splits, directory);
  }

  /**
   * Publishes a version.
   *
   * @param stage its name
   * @param inputs what decides it
   * @param facts what is worth knowing of it
   * @param index its shards
   * @param previous the version before the work began
   * @return its manifest
   */
  public Manifest publish(
      String stage,
      Map<String, String> inputs,
      Map<String, String> facts,
      ShardIndex index,
      Optional<Manifest> previous) {
    List<PublishedFile> files = new ArrayList<>(index.allFiles());
    files.add(directory.write(directory.newAttempt(), INDEX, StrictJson.write(index)));
    return directory.publish(Manifest.unpublished(stage, inputs, facts, files), previous);
  }

  /**
   * Makes the copies for people what the newest version says.
   *
   * @param manifest the newest version
   */
  public void refreshView(Manifest manifest) {
    directory.refreshView(manifest);
  }

  /**
   * Looks whether all files of a version are there, with their lengths.
   *
   * @param manifest one of this stage's versions
   */
  public void requireFiles(Manifest manifest) {
    directory.requireFiles(manifest);
  }

  /**
   * Looks whether all files of shards are there, with their lengths.
   *
   * @param index perhaps not published yet
   */
  public void requireFiles(ShardIndex index) {
    directory.requireFiles(index.allFiles());
  }

  /**
   * A reader of the rows. Who reads a version holds it, with {@link #hold}, until the last row was
   * read.
   *
   * @param spark a running session
   * @param codec how logits are stored
   * @return the reader
   */
  public SoftTargetReader reader(SparkSession spark, LogitCodec codec) {
    return new SoftTargetReader(spark, directory, codec);
  }
}
