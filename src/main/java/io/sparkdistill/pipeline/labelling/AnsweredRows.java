package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.examples.Example;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;

/** Finds in the data set what a teacher has answered there. */
final class AnsweredRows {
  private AnsweredRows() {}

  /**
   * One Spark job over the table.
   *
   * @param table usable rows with their answers
   * @param rows some that were cached
   * @return by id
   * @throws IntegrityException if any is not there any more
   */
  static Map<String, Example> find(JavaRDD<Example> table, List<SoftTarget> rows) {
    HashSet<String> ids =
        rows.stream().map(SoftTarget::id).collect(Collectors.toCollection(HashSet::new));
    Map<String, Example> found =
        table.filter(row -> ids.contains(row.id())).collect().stream()
            .collect(Collectors.toMap(Example::id, Function.identity(), (a, b) -> a));
    Set<String> gone = new HashSet<>(ids);
    gone.removeAll(found.keySet());
    if (!gone.isEmpty()) {
      throw new IntegrityException(
          "Cannot ask the teacher again, its column has no answer for row '"
              + gone.stream().sorted().findFirst().orElseThrow()
              + "' any more. Run label first, or restore the rows.");
    }
    return found;
  }
}
