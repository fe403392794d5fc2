package io.sparkdistill.pipeline.publishing;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.release.Releases;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.OutputLock;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Brings an older version of what was released into use again. Needs neither Spark, the data nor
 * the output.
 */
public final class Rollback {
  private final Releases releases;
  private final Configuration conf;

  /**
   * Looks at nothing yet.
   *
   * @param config what was configured
   * @param conf where file systems are configured
   * @throws InvalidConfigurationException if no place for releases is configured
   */
  public Rollback(DistillConfig config, Configuration conf) {
    this.releases = ReleaseStage.releases(config, conf);
    this.conf = conf;
  }

  /**
   * Changes what is in use.
   *
   * @param to the version; none for the one that was in use before
   * @param holder who runs it, for others and for the history
   * @return what was done, for people
   * @throws InvalidConfigurationException if there is no such version
   * @throws io.sparkdistill.failure.ConflictException if another run works on the releases, or has
   *     changed what is in use in the meantime
   * @throws io.sparkdistill.failure.IntegrityException if the version is not what was published
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public String run(Optional<Integer> to, String holder) {
    // A place without that version is not written to, not even its lock.
    version(to);
    try (OutputLock lock = OutputLock.acquire(releases.root(), holder, conf)) {
      releases.refreshPointer();
      int turn = releases.turn();
      Manifest version = version(to);
      int current = releases.inUse().orElse(0);
      if (version.version() == current) {
        return upToDate(current);
      }
      releases.goBack(version, turn, holder);
      return "version "
          + version.version()
          + " is in use now, instead of version "
          + current
          + ": "
          + releases.place(version);
    }
  }

  /**
   * Says what {@link #run} would do, and changes nothing.
   *
   * @param to the version; none for the one that was in use before
   * @return for people
   */
  public String plan(Optional<Integer> to) {
    Manifest version = version(to);
    int current = releases.inUse().orElse(0);
    if (version.version() == current) {
      return upToDate(current);
    }
    releases.verify(version);
    return "would bring version "
        + version.version()
        + " into use, instead of version "
        + current
        + ": "
        + releases.place(version);
  }

  private static String upToDate(int current) {
    return "up to date (version " + current + " is in use)";
  }

  private Manifest version(Optional<Integer> to) {
    if (to.isPresent()) {
      return releases
          .version(to.get())
          .orElseThrow(
              () ->
                  refused(
                      "there is no version "
                          + to.get()
                          + ", but "
                          + releases.all().stream().map(Manifest::version).toList()));
    }
    return releases.before().orElseThrow(() -> refused("no version was in use before"));
  }

  private InvalidConfigurationException refused(String why) {
    return new InvalidConfigurationException(
        "Cannot roll back in "
            + Locations.display(releases.root())
            + ", "
            + why
            + ". Name another version with --to, or another place with release.publishTo.");
  }
}
