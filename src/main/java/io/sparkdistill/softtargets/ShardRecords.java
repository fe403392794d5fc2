package io.sparkdistill.softtargets;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.OnceFiles;
import io.sparkdistill.storage.StrictJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The commits of all shards of a cache, of whatever binding, for those that tidy up. */
final class ShardRecords {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}\\.json");

  private final Path root;
  private final Configuration conf;
  private final FileSystem fs;

  ShardRecords(Path root, Configuration conf) {
    this.root = new Path(root, "shards");
    this.conf = conf;
    this.fs = Locations.fileSystem(root, conf);
  }

  /** The commit of one shard, and where it is. */
  record Committed(Path file, Shard shard) {}

  /**
   * Reads the commits of shards.
   *
   * @param others names of shards that are not looked at, as {@link ShardStore#name} gives them
   * @throws IntegrityException if one cannot be understood
   */
  List<Committed> allBut(Set<String> others) throws IOException {
    List<Committed> records = new ArrayList<>();
    for (FileStatus folder : list(root)) {
      if (folder.isDirectory()) {
        OnceFiles files = new OnceFiles(folder.getPath(), conf);
        for (String name : files.names()) {
          if (NAME.matcher(name).matches()
              && !others.contains(folder.getPath().getName() + "/" + key(name))) {
            files
                .read(name)
                .map(json -> read(json, new Path(folder.getPath(), name)))
                .ifPresent(records::add);
          }
        }
      }
    }
    return records;
  }

  void remove(Collection<Committed> records) throws IOException {
    for (Committed committed : records) {
      fs.delete(committed.file(), false);
    }
  }

  private static Committed read(byte[] json, Path file) {
    String what = "shard " + Locations.display(file);
    Shard shard = StrictJson.read(json, Shard.class, Shard.SCHEMA_VERSION, what);
    if (!shard.key().equals(key(file.getName()))) {
      throw new IntegrityException(
          "Cannot use "
              + what
              + ", it belongs to something else: "
              + shard.key()
              + ". Remove it, and its rows are labelled again.");
    }
    return new Committed(file, shard);
  }

  private static String key(String name) {
    return name.substring(0, name.length() - ".json".length());
  }

  private FileStatus[] list(Path folder) throws IOException {
    try {
      return fs.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
