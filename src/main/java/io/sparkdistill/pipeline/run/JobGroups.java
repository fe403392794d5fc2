package io.sparkdistill.pipeline.run;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * Names what Spark's UI shows, and leaves the names as they were. A group that the caller has set
 * stays, because that is what notebooks and services cancel by; the description says what is done.
 */
public final class JobGroups {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  /** The group that was set here last, by which it is told from a caller's. */
  private static final String OWN_GROUP = "spark.distill.jobGroup";

  private JobGroups() {}

  /**
   * Names the jobs of some work in Spark's pages.
   *
   * @param <T> what comes of it
   * @param context of the session
   * @param group of the jobs
   * @param description of what they are for
   * @param work that starts jobs on this thread
   * @return what came of it
   */
  public static <T> T named(
      SparkContext context, String group, String description, Supplier<T> work) {
    Map<String, String> names = new TreeMap<>(Map.of(DESCRIPTION, description));
    if (Objects.equals(context.getLocalProperty(GROUP), context.getLocalProperty(OWN_GROUP))) {
      names.put(GROUP, group);
      names.put(OWN_GROUP, group);
    }
    Map<String, String> before = new TreeMap<>();
    names.forEach(
        (property, value) -> {
          before.put(property, context.getLocalProperty(property));
          context.setLocalProperty(property, value);
        });
    try {
      return work.get();
    } finally {
      before.forEach(context::setLocalProperty);
    }
  }

  /**
   * Says what the next jobs of this thread are for, in their group.
   *
   * @param context of the session
   * @param description of what they are for
   */
  public static void describe(SparkContext context, String description) {
    context.setLocalProperty(DESCRIPTION, description);
  }
}
