package io.sparkdistill.pipeline;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** Names what Spark's UI shows, and leaves the names as they were. */
final class JobGroups {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  private JobGroups() {}

  static <T> T named(SparkContext context, String group, String description, Supplier<T> work) {
    String groupBefore = context.getLocalProperty(GROUP);
    String descriptionBefore = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(GROUP, group);
    context.setLocalProperty(DESCRIPTION, description);
    try {
      return work.get();
    } finally {
      context.setLocalProperty(GROUP, groupBefore);
      context.setLocalProperty(DESCRIPTION, descriptionBefore);
    }
  }

  static void describe(SparkContext context, String description) {
    context.setLocalProperty(DESCRIPTION, description);
  }
}
