package io.sparkdistill.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Files that fit into memory. Stateless and thread-safe. */
final class SmallFiles {
  private SmallFiles() {}

  static byte[] read(FileSystem fs, Path file) throws IOException {
    if (LocalFiles.isLocal(file)) {
      return java.nio.file.Files.readAllBytes(LocalFiles.path(file));
    }
    try (InputStream in = fs.open(file)) {
      return in.readAllBytes();
    }
  }

  /** Writes a file that nobody else knows of yet. */
  static void write(Path file, byte[] content, Configuration conf) throws IOException {
    if (LocalFiles.isLocal(file)) {
      LocalFiles.writeSynced(LocalFiles.path(file), content);
      return;
    }
    try (OutputStream out = file.getFileSystem(conf).create(file, true)) {
      out.write(content);
    }
  }

  /** Replaces a file in one step where the file system can: a reader sees the old or the new. */
  static void replace(Path file, byte[] content, Path temporary, Configuration conf)
      throws IOException {
    if (LocalFiles.isLocal(file)) {
      LocalFiles.replace(LocalFiles.path(file), content, LocalFiles.path(temporary));
    } else if (ExclusiveFile.renamesAtomically(file)) {
      write(temporary, content, conf);
      FileContext.getFileContext(file.toUri(), conf)
          .rename(temporary, file, Options.Rename.OVERWRITE);
    } else {
      write(file, content, conf);
    }
  }
}
