package io.sparkdistill.pipeline;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * Names what Spark's UI shows, and leaves the names as they were. A group that the caller has set
 * stays, because that is what notebooks and services cancel by; the description says what is done.
 */
final class JobGroups {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  /** The group that was set here last, by which it is told from a caller's. */
  private static final String OWN_GROUP = "spark.distill.jobGroup";

  private JobGroups() {}

  static <T> T named(SparkContext context, String group, String description, Supplier<T> work) {
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

  static void describe(SparkContext context, String description) {
    context.setLocalProperty(DESCRIPTION, description);
  }
}
