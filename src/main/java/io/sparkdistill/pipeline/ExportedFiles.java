package io.sparkdistill.pipeline;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.storage.Copies;
import io.sparkdistill.storage.StageDirectory;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Where students are in other formats; copies for people stand beside that of the student. */
final class ExportedFiles {
  static final String STAGE = "export";
  static final String SIZES = "sizes.json";

  /** What a name ends with where its numbers are int8. */
  static final String INT8 = "-int8";

  private static final List<String> COPIES =
      List.of("student.onnx", "student-int8.onnx", "pruned.onnx", "pruned-int8.onnx", SIZES);

  private ExportedFiles() {}

  static StageDirectory of(RunContext context) {
    return context.directory(STAGE, shown(context), COPIES.toArray(String[]::new));
  }

  /** What was made of an earlier student is no copy of anything that belongs to the newest. */
  static void removeCopies(RunContext context) {
    Copies.remove(shown(context), COPIES, context.hadoop());
  }

  /** Where the copies are. */
  static Path shown(RunContext context) {
    return new Path(context.output(), Metrics.STUDENT);
  }
}
