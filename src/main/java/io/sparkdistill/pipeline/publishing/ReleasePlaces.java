package io.sparkdistill.pipeline.publishing;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.storage.Locations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Folders that students are released to, which serve nothing else. */
public final class ReleasePlaces {
  private ReleasePlaces() {}

  /**
   * Refuses places that are an output, or are named twice, however they are written.
   *
   * @param outputs qualified
   * @param released each with a place of its own, or none
   * @param hadoop settings of file systems
   * @throws InvalidConfigurationException if there is one
   */
  public static void refuseTaken(
      List<Path> outputs, List<DistillConfig> released, Configuration hadoop) {
    Set<Path> taken = new HashSet<>(outputs);
    for (DistillConfig config : released) {
      config
          .release()
          .publishTo()
          .map(place -> Locations.resolve(place, hadoop))
          .filter(place -> !taken.add(place))
          .ifPresent(
              place -> {
                throw new InvalidConfigurationException(
                    "Cannot release to "
                        + Locations.display(place)
                        + ", "
                        + (outputs.contains(place) ? "it is an output" : "two heads name it")
                        + ": release.publishTo. Set it to a folder that serves nothing else.");
              });
    }
  }
}
