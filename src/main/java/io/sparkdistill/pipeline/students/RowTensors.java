package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.objective.Features;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentFeatures;
import io.sparkdistill.student.StudentNetworks;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The teachers' inner tensors that rows carry, for students whose hidden layers are compared with
 * them.
 *
 * @param names in the order in which rows have them
 * @param numbers of each in a row
 */
public record RowTensors(List<String> names, List<Integer> numbers) {
  /** Looks at a row for how large they are, if there are any. */
  public static RowTensors of(List<String> names, JavaRDD<SoftTarget> rows) {
    return new RowTensors(
        names,
        names.isEmpty()
            ? List.of()
            : Stream.of(rows.first().tensors()).map(tensor -> tensor.length).toList());
  }

  /** What a student's hidden layers are compared with. */
  public Features features(StudentNetworks networks, ObjectiveConfig objective) {
    return StudentFeatures.of(networks, objective.features(), names, numbers);
  }
}
