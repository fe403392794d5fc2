package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.LinkConfig;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.Result;
import io.sparkdistill.pipeline.run.SparkSettings;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.storage.Locations;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Distillations one after the other, each taught by the student of the one before: teacher
 * assistants (Mirzadeh and others, "Improved knowledge distillation via teacher assistant", 2020),
 * or generations of the same network (Furlanello and others, "Born-again neural networks", 2018).
 * Each is a pipeline with an output of its own.
 */
public final class Chain {
  private final SparkSession spark;
  private final List<LinkConfig> links;
  private final DistillConfig last;
  private final Recipe recipe;
  private final Progress progress;
  private final StopRequest stop;

  /**
   * Reads nothing yet.
   *
   * @param spark a running session
   * @param links before the last, in order; may be empty
   * @param last the one that the result is of
   * @param recipe that gives the last one again
   * @param progress shows people how far it is
   * @param stop asked of it between two stages, and between two rounds of training
   */
  public Chain(
      SparkSession spark,
      List<LinkConfig> links,
      DistillConfig last,
      Recipe recipe,
      Progress progress,
      StopRequest stop) {
    this.spark = spark;
    this.links = List.copyOf(links);
    this.last = last;
    this.recipe = recipe;
    this.progress = progress;
    this.stop = stop;
  }

  /**
   * Does what a command asks for, for each link.
   *
   * @param command which stages
   * @param holder who runs it, for others that want the same output
   * @return what there is now of the last one
   * @throws io.sparkdistill.failure.DistillException for every failure with a known remedy
   */
  public Result run(Command command, String holder) {
    look(command);
    for (LinkConfig link : links) {
      progress.say("chain: link " + link.name());
      // Not before the link before has run: its student is this one's teacher.
      pipeline(link.config(), link.recipe()).run(command, holder);
    }
    if (!links.isEmpty()) {
      progress.say("chain: the last student");
    }
    return pipeline(last, recipe).run(command, holder);
  }

  /**
   * Checks everything that a command needs, as far as that is there yet; computes and writes
   * nothing.
   *
   * @param command which stages
   */
  public void plan(Command command) {
    look(command);
    for (LinkConfig link : links) {
      progress.say("chain: link " + link.name());
      Pipeline pipeline = pipeline(link.config(), link.recipe());
      pipeline.plan(command);
      if (!pipeline.isTrained()) {
        progress.say("chain: the rest waits for a student that is to be trained first");
        return;
      }
    }
    pipeline(last, recipe).plan(command);
  }

  /**
   * Reads everything that is published again, of all links.
   *
   * @param sample rows of each data set that each teacher is asked about again; 0 for none
   * @throws io.sparkdistill.failure.IntegrityException if anything is not what was published
   */
  public void verify(int sample) {
    for (LinkConfig link : links) {
      progress.say("chain: link " + link.name());
      pipeline(link.config(), link.recipe()).verify(sample);
    }
    pipeline(last, recipe).verify(sample);
  }

  /** At what comes last, too, before the first link computes for hours. */
  private void look(Command command) {
    SparkSettings.refuseUnsafe(spark);
    // One pipeline alone looks by itself.
    if (command == Command.RUN && !links.isEmpty()) {
      links.forEach(link -> look(link.config()));
      look(last);
    }
  }

  private void look(DistillConfig config) {
    if (config.student().model().filter(this::isMadeByALink).isPresent()) {
      Foresight.lookBesideModel(spark, config);
    } else {
      Foresight.look(spark, config);
    }
  }

  /** A student that begins with what an earlier link learns can be looked at after that one. */
  private boolean isMadeByALink(String model) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String made = new Path(Locations.resolve(last.output(), hadoop), "chain").toString();
    return Locations.resolve(model, hadoop).toString().startsWith(made + "/");
  }

  private Pipeline pipeline(DistillConfig config, Recipe given) {
    return new Pipeline(spark, config, Optional.of(given), progress, stop);
  }
}
