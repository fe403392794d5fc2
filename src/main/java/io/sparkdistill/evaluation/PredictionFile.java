package io.sparkdistill.evaluation;

import io.sparkdistill.columnar.AttemptFile;
import io.sparkdistill.columnar.ColumnFile;
import io.sparkdistill.columnar.ColumnRows;
import io.sparkdistill.columnar.FileColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What all models say of the rows of one partition, in Parquet. */
final class PredictionFile {
  private static final int ID = 0;
  private static final int LABEL = 1;
  private static final int SLICES = 2;
  private static final int FIRST_MODEL = 3;

  /**
   * A row of the file.
   *
   * @param row of the test set
   * @param answers one of each model, in their order
   */
  record Answered(TestRow row, List<Answer> answers) {}

  private PredictionFile() {}

  /** Not there before its first row. */
  static AttemptFile<Answered, ColumnRows<Answered>> at(
      Path path, List<String> models, Configuration conf) {
    return new AttemptFile<>(
        "predictions", path, ColumnRows.of(columns(models), PredictionFile::write), conf);
  }

  private static List<FileColumn> columns(List<String> models) {
    List<FileColumn> columns =
        new ArrayList<>(
            List.of(
                new FileColumn("id", FileColumn.Kind.TEXT),
                new FileColumn("label", FileColumn.Kind.INT),
                new FileColumn("slices", FileColumn.Kind.TEXT)));
    for (String model : models) {
      columns.add(new FileColumn(model + "_class", FileColumn.Kind.INT));
      columns.add(new FileColumn(model + "_logits", FileColumn.Kind.FLOATS));
    }
    return columns;
  }

  private static void write(Answered answered, ColumnFile file) throws IOException {
    TestRow row = answered.row();
    file.text(ID, row.target().id());
    file.number(LABEL, row.target().label());
    file.text(
        SLICES, EvaluationJson.line(row.slices().stream().map(slice -> slice.name()).toList()));
    for (int i = 0; i < answered.answers().size(); i++) {
      Answer answer = answered.answers().get(i);
      file.number(FIRST_MODEL + 2 * i, answer.predicted());
      file.list(FIRST_MODEL + 2 * i + 1, answer.logits());
    }
  }
}
