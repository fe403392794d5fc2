package io.sparkdistill.storage;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What one stage has published below an output, and the way to publish more. Instances hold no
 * state but their place; safety between processes comes from the exclusive creation of a version.
 */
public final class StageDirectory {
  private final Path root;
  private final String stage;
  private final StageView view;
  private final Configuration conf;
  private final FileSystem fs;
  private final ManifestFolder manifests;
  private final StageFiles files;

  /**
   * A stage's place, which need not exist.
   *
   * @param output where the whole run publishes
   * @param stage name of the stage and of its directory
   * @param view names of published files of which a copy of the newest version stands in the
   *     directory itself
   * @param conf where file systems are configured
   */
  public StageDirectory(Path output, String stage, Set<String> view, Configuration conf) {
    this(output, stage, new Path(output, stage), view, conf);
  }

  /**
   * The same, with the copies in another directory.
   *
   * @param output where the whole run publishes
   * @param stage name of the stage and of its directory
   * @param shown where the copies stand, which need not exist; that of the manifest is in the
   *     stage's own directory
   * @param view names of published files of which there is a copy of the newest version
   * @param conf where file systems are configured
   */
  public StageDirectory(
      Path output, String stage, Path shown, Set<String> view, Configuration conf) {
    this.root = new Path(output, stage);
    this.stage = stage;
    this.conf = conf;
    this.fs = Locations.fileSystem(root, conf);
    this.manifests = new ManifestFolder(new Path(root, "versions"), stage, fs);
    this.files = new StageFiles(root, fs);
    this.view = new StageView(this, shown, view);
  }

  /**
   * The same for a stage's own directory, without copies for people.
   *
   * @param root the stage's directory
   * @param conf where file systems are configured
   * @return that of the stage of its name
   */
  public static StageDirectory at(Path root, Configuration conf) {
    return new StageDirectory(root.getParent(), root.getName(), Set.of(), conf);
  }

  /**
   * The directory.
   *
   * @return its qualified path
   */
  public Path root() {
    return root;
  }

  /**
   * Where a listed file is.
   *
   * @param file of one of this stage's manifests
   * @return its qualified path
   */
  public Path path(PublishedFile file) {
    return files.path(file);
  }

  /**
   * The newest version.
   *
   * @return empty if nothing was published
   * @throws IntegrityException if it cannot be understood
   */
  public Optional<Manifest> current() {
    try {
      List<Integer> versions = manifests.numbers();
      return versions.isEmpty()
          ? Optional.empty()
          : Optional.of(manifests.read(versions.get(versions.size() - 1)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The newest version, where it was made of just this.
   *
   * @param inputs all of them, as a manifest has them
   * @return empty if nothing was published, or of something else
   * @throws IntegrityException if it cannot be understood
   */
  public Optional<Manifest> madeOf(Map<String, String> inputs) {
    return current().filter(manifest -> manifest.isMadeOf(inputs));
  }

  /**
   * One version.
   *
   * @param number 1 or more
   * @return empty if there is none, perhaps because it was pruned
   * @throws IntegrityException if it cannot be understood
   */
  public Optional<Manifest> version(int number) {
    try {
      return Optional.of(manifests.read(number));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The versions that are there.
   *
   * @return ascending numbers
   */
  public List<Integer> versions() {
    try {
      return manifests.numbers();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * A new directory of this stage's own that nobody reads until a version lists its files.
   *
   * @return a path that does not exist
   */
  public Path newAttempt() {
    return new Path(root, "files/" + UUID.randomUUID());
  }

  /**
   * Writes a small file into an attempt, durably.
   *
   * @param attempt from {@link #newAttempt()}
   * @param name its file name
   * @param content all of it
   * @return its entry for the manifest
   */
  public PublishedFile write(Path attempt, String name, byte[] content) {
    Path file = new Path(attempt, name);
    try {
      SmallFiles.write(file, content, conf);
      return new PublishedFile(relative(file), content.length, Sha256.of(content));
    } catch (IOException e) {
      throw new TransientException(
          "Cannot write " + Locations.display(file) + ": " + Secrets.messageOf(e) + ". Try again.",
          e);
    }
  }

  /**
   * The entry of a file that others wrote into an attempt, for the manifest. Reads all of it, and
   * makes it durable where it is local.
   *
   * @param file below an attempt
   * @return its path, length and digest
   * @throws IOException if it cannot be read
   */
  public PublishedFile describe(Path file) throws IOException {
    if (LocalFiles.isLocal(file)) {
      try (FileChannel channel =
          FileChannel.open(LocalFiles.path(file), StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      LocalFiles.syncDirectory(LocalFiles.path(file));
    }
    return new PublishedFile(relative(file), fs.getFileStatus(file).getLen(), Sha256.of(fs, file));
  }

  /**
   * Commits a version: the one step after which readers see the files.
   *
   * @param unpublished complete but for its number
   * @param previous the version that {@link #current()} gave before the work began
   * @return the manifest with its number
   * @throws ConflictException if another run has published in the meantime
   * @throws TransientException if it is not known whether it was published
   */
  public Manifest publish(Manifest unpublished, Optional<Manifest> previous) {
    Manifest manifest = unpublished.numbered(previous.map(Manifest::version).orElse(0) + 1);
    commit(manifest);
    refreshView(manifest);
    return manifest;
  }

  /** The same for a manifest that has its number, without copies for people. */
  void commit(Manifest manifest) {
    Path file = manifests.file(manifest.version());
    Path temporary = new Path(root, "files/." + UUID.randomUUID());
    try {
      fs.mkdirs(file.getParent());
    } catch (IOException e) {
      throw unreadable(e);
    }
    // A number that was pruned is free again, but only after a higher one was published.
    boolean overtaken = versions().stream().anyMatch(version -> version > manifest.version());
    if (overtaken || !ExclusiveFile.create(file, StrictJson.write(manifest), temporary, conf)) {
      throw new ConflictException(
          "Cannot publish version "
              + manifest.version()
              + " of "
              + Locations.display(root)
              + ", another run has published it in the meantime. Run again to work from that.");
    }
  }

  /**
   * Makes the copies for people equal to a version, where they are not.
   *
   * @param manifest the newest version
   */
  public void refreshView(Manifest manifest) {
    try {
      view.refresh(manifest);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The content of a small published file, after a look at its length and digest.
   *
   * @param file of one of this stage's manifests
   * @return what was published
   * @throws IntegrityException if it is gone or another
   */
  public byte[] read(PublishedFile file) {
    return files.read(file);
  }

  /**
   * Compares a file's content with what was published. May run anywhere.
   *
   * @param file of one of this stage's manifests
   * @return what is wrong with it; empty if nothing is
   * @throws IOException if the file system fails
   */
  public Optional<String> difference(PublishedFile file) throws IOException {
    return files.difference(file);
  }

  /**
   * Looks whether all files of a version are there, with their lengths.
   *
   * @param manifest one of this stage's versions
   * @throws IntegrityException naming the first that is not
   */
  public void requireFiles(Manifest manifest) {
    requireFiles(manifest.files());
  }

  /**
   * Looks whether files are there, with their lengths.
   *
   * @param files of one of this stage's versions, or to be listed by one
   * @throws IntegrityException naming the first that is not
   */
  public void requireFiles(List<PublishedFile> files) {
    this.files.require(files);
  }

  /**
   * The refusal of a published file.
   *
   * @param file which
   * @param difference what is wrong with it
   * @return to be thrown
   */
  public IntegrityException differs(PublishedFile file, String difference) {
    return files.differs(file, difference);
  }

  /**
   * Keeps a version from being pruned while it is read.
   *
   * @param manifest one of this stage's versions
   * @param reader who reads it, for people
   * @return to be closed when nothing of the version is read any more
   * @throws TransientException if the version is not there any more, or the file system fails
   */
  public VersionHold hold(Manifest manifest, String reader) {
    try {
      return VersionHold.take(this, manifest, reader);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The same for a reader who perhaps may not write here. Where that is so, the log says that prune
   * may take the version away, and reading goes on without a hold.
   *
   * @param manifest one of this stage's versions
   * @param reader who reads it, for people
   * @return to be closed when nothing of the version is read any more; empty where this user has no
   *     right to write a hold
   * @throws TransientException if the version is not there any more, or the file system fails
   */
  public Optional<VersionHold> holdIfAllowed(Manifest manifest, String reader) {
    try {
      return VersionHold.takeIfAllowed(this, manifest, reader);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  String stage() {
    return stage;
  }

  Configuration conf() {
    return conf;
  }

  FileSystem fs() {
    return fs;
  }

  ManifestFolder manifests() {
    return manifests;
  }

  /** Manifests of versions that prune has begun to remove. */
  ManifestFolder pruned() {
    return new ManifestFolder(new Path(root, "pruned"), stage, fs);
  }

  private String relative(Path file) {
    return root.toUri().relativize(file.toUri()).getPath();
  }

  TransientException unreadable(IOException e) {
    return Unreadable.failed(root, e);
  }
}
