package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.pipeline.labelling.CacheSpec;
import io.sparkdistill.softtargets.CachePruning;
import io.sparkdistill.softtargets.PruneReport;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.storage.StageDirectory;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Removes old versions of the soft targets. Students and evaluations stay: they are small, and
 * record what was made. Needs neither Spark nor the teacher.
 */
public final class Pruning {
  private final Path output;
  private final List<TeacherConfig> teachers;
  private final Configuration conf;

  /**
   * Looks at nothing yet.
   *
   * @param config what was configured
   * @param conf where file systems are configured
   */
  public Pruning(DistillConfig config, Configuration conf) {
    this.output = Locations.resolve(config.output(), conf);
    this.teachers = config.teachers();
    this.conf = conf;
  }

  /**
   * Removes what is not needed.
   *
   * @param newest how many of the newest versions of each stage stay in any case, at least 1
   * @param holder who runs it, for others that want the same output
   * @return one report a stage
   * @throws io.sparkdistill.failure.ConflictException if another run works on the output
   * @throws io.sparkdistill.failure.IntegrityException if what is there cannot be understood
   * @throws io.sparkdistill.failure.TransientException if the file system fails
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public List<PruneReport> run(int newest, String holder) {
    try (OutputLock lock = OutputLock.acquire(output, holder, conf)) {
      return stages().map(stage -> stage.run(newest)).toList();
    }
  }

  /**
   * Says what {@link #run} would do, and removes nothing.
   *
   * @param newest how many of the newest versions of each stage stay in any case, at least 1
   * @return one report a stage
   */
  public List<PruneReport> plan(int newest) {
    return stages().map(stage -> stage.plan(newest)).toList();
  }

  private Stream<CachePruning> stages() {
    return Stream.of(CacheSpec.SOFT_TARGETS, CacheSpec.TEST_TARGETS)
        .flatMap(stage -> teachers.stream().map(teacher -> CacheSpec.name(stage, teacher)))
        .map(name -> new CachePruning(new StageDirectory(output, name, Set.of(), conf), conf));
  }
}
