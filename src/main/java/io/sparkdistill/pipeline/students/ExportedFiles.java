package io.sparkdistill.pipeline.students;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.storage.Copies;
import io.sparkdistill.storage.StageDirectory;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Where students are in other formats; copies for people stand beside that of the student. */
public final class ExportedFiles {
  public static final String STAGE = "export";
  public static final String SIZES = "sizes.json";

  /** What a name ends with where its numbers are int8. */
  public static final String INT8 = "-int8";

  private static final List<String> COPIES =
      List.of("student.onnx", "student-int8.onnx", "pruned.onnx", "pruned-int8.onnx", SIZES);

  private ExportedFiles() {}

  /**
   * The folder of the versions.
   *
   * @param context of the run
   * @return whose copies stand beside the student
   */
  public static StageDirectory of(RunContext context) {
    return context.directory(STAGE, shown(context), COPIES.toArray(String[]::new));
  }

  /**
   * What was made of an earlier student is no copy of anything that belongs to the newest. To be
   * done before that is published: whoever finds it published removes nothing any more, and where
   * it comes to nothing, the next export brings the copies of the earlier one back.
   */
  static void removeCopies(RunContext context) {
    Copies.remove(shown(context), COPIES, context.hadoop());
  }

  /**
   * Where the copies are.
   *
   * @param context of the run
   * @return the folder
   */
  public static Path shown(RunContext context) {
    return new Path(context.output(), Metrics.STUDENT);
  }
}
