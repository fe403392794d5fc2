package io.sparkdistill.storage;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Copies of a stage's newest version under plain names, for whoever is no stage. */
final class StageView {
  private final StageDirectory stage;
  private final Path shown;
  private final Set<String> names;

  /**
   * Writes nothing yet.
   *
   * @param stage whose versions are shown
   * @param shown where the copies stand, which need not exist; that of the manifest is in the
   *     stage's own directory
   * @param names of published files of which there is a copy
   */
  StageView(StageDirectory stage, Path shown, Set<String> names) {
    this.stage = stage;
    this.shown = shown;
    this.names = Set.copyOf(names);
  }

  /** Makes the copies equal to a version, where they are not. */
  void refresh(Manifest manifest) throws IOException {
    FileSystem fs = stage.fs();
    for (PublishedFile file : manifest.files()) {
      Path copy = new Path(shown, file.name());
      if (names.contains(file.name()) && !isCopy(copy, file)) {
        if (!shown.equals(stage.root())) {
          fs.mkdirs(shown);
        }
        replace(copy, SmallFiles.read(fs, stage.path(file)));
      }
    }
    Path copy = new Path(stage.root(), "manifest.json");
    byte[] json = StrictJson.write(manifest);
    if (!fs.exists(copy) || !Arrays.equals(SmallFiles.read(fs, copy), json)) {
      replace(copy, json);
    }
  }

  private boolean isCopy(Path copy, PublishedFile file) throws IOException {
    FileSystem fs = stage.fs();
    return fs.exists(copy)
        && fs.getFileStatus(copy).getLen() == file.bytes()
        && Sha256.of(SmallFiles.read(fs, copy)).equals(file.sha256());
  }

  private void replace(Path file, byte[] content) throws IOException {
    Path temporary = new Path(stage.root(), "files/." + UUID.randomUUID());
    SmallFiles.replace(file, content, temporary, stage.conf());
  }
}
