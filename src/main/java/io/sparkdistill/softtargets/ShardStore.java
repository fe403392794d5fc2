package io.sparkdistill.softtargets;

import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.OnceFiles;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards that were finished for one binding, also those that no version lists yet: what a
 * killed run leaves for the next one. Of several attempts at a shard, one is committed.
 */
final class ShardStore {
  private static final Logger LOG = LoggerFactory.getLogger(ShardStore.class);

  private final OnceFiles files;
  private final String place;
  private final String binding;

  ShardStore(Path root, String binding, Configuration conf) {
    Path folder = new Path(root, "shards/" + folder(binding));
    this.files = new OnceFiles(folder, conf);
    this.place = Locations.display(folder);
    this.binding = binding;
  }

  /** Where the commit of a shard stands among those of all bindings, without its ending. */
  static String name(Shard shard) {
    return folder(shard.binding()) + "/" + shard.key();
  }

  private static String folder(String binding) {
    return binding.substring(0, 16);
  }

  /** Those of some splits that are finished, and whose files are there. */
  List<Shard> finished(List<InputSplit> splits, StageDirectory directory) {
    Set<String> names = files.names();
    List<Shard> found = new ArrayList<>();
    for (InputSplit split : splits) {
      if (names.contains(name(split))) {
        Shard shard = read(split);
        if (isWhole(shard, directory)) {
          found.add(shard);
        } else {
          files.remove(name(split));
        }
      }
    }
    return found;
  }

  /** A shard that was committed before, by another attempt or another run. */
  Optional<Shard> committed(InputSplit split) {
    return files.read(name(split)).isPresent() ? Optional.of(read(split)) : Optional.empty();
  }

  private static boolean isWhole(Shard shard, StageDirectory directory) {
    try {
      directory.requireFiles(shard.files());
      directory.requireFiles(shard.quarantine());
      return true;
    } catch (IntegrityException e) {
      LOG.warn("{} Its rows are labelled again.", e.getMessage());
      return false;
    }
  }

  /** Commits an attempt; gives the one that was committed, which may be another. */
  Shard commit(Shard attempt) {
    if (files.create(name(attempt.split()), StrictJson.write(attempt))) {
      return attempt;
    }
    return read(attempt.split());
  }

  private Shard read(InputSplit split) {
    String what = "shard " + place + "/" + name(split);
    byte[] json =
        files
            .read(name(split))
            .orElseThrow(
                () ->
                    new IntegrityException(
                        "Cannot read " + what + ", it has just gone. Run again."));
    Shard shard = StrictJson.read(json, Shard.class, Shard.SCHEMA_VERSION, what);
    if (!shard.binding().equals(binding) || !shard.split().equals(split)) {
      throw new IntegrityException(
          "Cannot use "
              + what
              + ", it belongs to something else: binding "
              + shard.binding()
              + " of "
              + shard.split().file()
              + " there, "
              + binding
              + " of "
              + split.file()
              + " here. Remove it, and its rows are labelled again.");
    }
    return shard;
  }

  private static String name(InputSplit split) {
    return split.key() + ".json";
  }
}
