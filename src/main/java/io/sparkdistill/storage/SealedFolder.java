package io.sparkdistill.storage;

import io.sparkdistill.failure.IntegrityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A folder of a few small files that is there, for readers, when its {@code manifest.json} is. The
 * files are created before it, each with all of its content, and none is ever changed: of several
 * writers of one folder the first wins, and one that is killed leaves files that nobody reads.
 * Nothing is renamed, so that stores without folders serve as well. Instances hold no state but
 * their place.
 */
public final class SealedFolder {
  private static final String MANIFEST = "manifest.json";

  private final Path root;
  private final String stage;
  private final OnceFiles files;

  /**
   * Looks at nothing yet.
   *
   * @param root qualified; need not exist
   * @param stage what its manifest says that it is of
   * @param conf where file systems are configured
   */
  public SealedFolder(Path root, String stage, Configuration conf) {
    this.root = root;
    this.stage = stage;
    this.files = new OnceFiles(root, conf);
  }

  /**
   * The folder.
   *
   * @return its qualified path
   */
  public Path root() {
    return root;
  }

  /**
   * What is in it.
   *
   * @return empty if it is not sealed
   * @throws IntegrityException if that cannot be understood
   */
  public Optional<Manifest> manifest() {
    return files.read(MANIFEST).map(this::parse);
  }

  private Manifest parse(byte[] json) {
    String place = "manifest " + Locations.display(new Path(root, MANIFEST));
    Manifest manifest = StrictJson.read(json, Manifest.class, Manifest.SCHEMA_VERSION, place);
    if (!manifest.stage().equals(stage)) {
      throw new IntegrityException(
          "Cannot use "
              + place
              + ", it is of another kind: "
              + manifest.stage()
              + " instead of "
              + stage
              + ". Restore it, or use another folder.");
    }
    return manifest;
  }

  /**
   * Writes the files, and then the manifest that lists them.
   *
   * @param version its number
   * @param inputs what decides the content
   * @param facts what is worth knowing of it
   * @param contents of the files, by their names
   * @return empty if anything of other content is in the way; nothing was changed of that
   * @throws io.sparkdistill.failure.TransientException if the file system fails
   */
  public Optional<Manifest> seal(
      int version,
      Map<String, String> inputs,
      Map<String, String> facts,
      Map<String, byte[]> contents) {
    List<PublishedFile> listed = new ArrayList<>();
    for (Map.Entry<String, byte[]> content : new TreeMap<>(contents).entrySet()) {
      if (!files.create(content.getKey(), content.getValue())) {
        return Optional.empty();
      }
      listed.add(
          new PublishedFile(
              content.getKey(), content.getValue().length, Sha256.of(content.getValue())));
    }
    Manifest manifest = Manifest.unpublished(stage, inputs, facts, listed).numbered(version);
    return files.create(MANIFEST, StrictJson.write(manifest))
        ? Optional.of(manifest)
        : Optional.empty();
  }

  /**
   * The content of a file, after a look at its digest.
   *
   * @param file that the manifest lists
   * @return what was published
   * @throws IntegrityException if it is gone or another
   */
  public byte[] read(PublishedFile file) {
    byte[] content = files.read(file.path()).orElseThrow(() -> differs(file, "it is gone"));
    if (!Sha256.of(content).equals(file.sha256())) {
      throw differs(file, "its SHA-256 is " + Sha256.of(content));
    }
    return content;
  }

  private IntegrityException differs(PublishedFile file, String difference) {
    return new IntegrityException(
        "Cannot use "
            + Locations.display(new Path(root, file.path()))
            + ", "
            + difference
            + ". It is not what was published: restore it.");
  }
}
