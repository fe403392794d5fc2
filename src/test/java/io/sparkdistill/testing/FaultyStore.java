package io.sparkdistill.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A {@link FaultyFileSystem} of its own name, as Hadoop keeps file systems by name, and the
 * settings that make it known in all JVMs of a run.
 *
 * @param scheme of its URIs
 * @param settings of Hadoop's configuration
 * @param name the authority of its URIs
 */
public record FaultyStore(String scheme, String name, Map<String, String> settings) {
  /** Files appear when they are closed, as in an object store. */
  public static final String STORE = "faulty";

  /** Files are renamed to be published, as in HDFS. */
  public static final String RENAMING = "abfs";

  /**
   * A store.
   *
   * @param folder an empty one, where it remembers what has happened
   */
  public static FaultyStore of(String scheme, Path folder, Fault... faults) {
    String name = "store-" + UUID.randomUUID();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fs." + scheme + ".impl", FaultyFileSystem.class.getName());
    settings.put(
        "fs.AbstractFileSystem." + scheme + ".impl", FaultyFileSystem.Context.class.getName());
    settings.put("faulty." + name + ".folder", folder.toString());
    settings.put(
        "faulty." + name + ".faults",
        Arrays.stream(faults).map(Fault::text).collect(Collectors.joining("\n")));
    return new FaultyStore(scheme, name, settings);
  }

  /** The same with a clock that is ahead of this machine's, or behind it. */
  public FaultyStore withClock(Duration ahead) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put("faulty." + name + ".clock", Long.toString(ahead.toMillis()));
    return new FaultyStore(scheme, name, more);
  }

  /** Where a local file or folder is in it. */
  public String uri(Path local) {
    return scheme + "://" + name + local;
  }

  /** For use without Spark. */
  public Configuration configuration() {
    Configuration conf = new Configuration();
    settings.forEach(conf::set);
    return conf;
  }

  /** Returns when one of its faults happens. */
  public void awaitHappened(Path folder) {
    try (WatchService changes = folder.getFileSystem().newWatchService()) {
      folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
      while (happened(folder) == 0) {
        WatchKey change = changes.poll(1, TimeUnit.MINUTES);
        if (change == null) {
          throw new IllegalStateException("Nothing has happened in " + folder);
        }
        change.reset();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often its faults happened. */
  public int happened(Path folder) {
    try (var files = Files.list(folder)) {
      return (int) files.filter(file -> file.getFileName().toString().startsWith(name)).count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
