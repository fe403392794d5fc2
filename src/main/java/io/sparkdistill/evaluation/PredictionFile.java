package io.sparkdistill.evaluation;

import io.sparkdistill.columnar.ColumnFile;
import io.sparkdistill.columnar.FileColumn;
import io.sparkdistill.config.Secrets;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all models say of the rows of one partition, in Parquet. Created with its first row. Not
 * thread-safe.
 */
final class PredictionFile {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionFile.class);
  private static final int ID = 0;
  private static final int LABEL = 1;
  private static final int SLICES = 2;
  private static final int FIRST_MODEL = 3;

  private final Path path;
  private final List<String> models;
  private final Configuration conf;
  private Optional<ColumnFile> file = Optional.empty();

  PredictionFile(Path path, List<String> models, Configuration conf) {
    this.path = path;
    this.models = models;
    this.conf = conf;
  }

  void write(TestRow row, List<Answer> answers) {
    try {
      if (file.isEmpty()) {
        file = Optional.of(ColumnFile.create(path, columns(), conf));
      }
      write(file.get(), row, answers);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(ColumnFile rows, TestRow row, List<Answer> answers) throws IOException {
    rows.text(ID, row.target().id());
    rows.number(LABEL, row.target().label());
    rows.text(
        SLICES, EvaluationJson.line(row.slices().stream().map(slice -> slice.name()).toList()));
    for (int i = 0; i < models.size(); i++) {
      rows.number(FIRST_MODEL + 2 * i, answers.get(i).predicted());
      rows.list(FIRST_MODEL + 2 * i + 1, answers.get(i).logits());
    }
    rows.endRow();
  }

  private List<FileColumn> columns() {
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

  /** Ends the file and says what is to be published; nothing without rows. */
  Optional<PublishedFile> finish(StageDirectory directory) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      file.get().close();
      return Optional.of(directory.describe(path));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes what was written; nobody has seen it. */
  void discard() {
    if (file.isEmpty()) {
      return;
    }
    try {
      file.get().abandon();
    } catch (IOException | RuntimeException e) {
      LOG.debug("Cannot close {}: {}", path, e.getMessage());
    }
    try {
      Locations.fileSystem(path, conf).delete(path, false);
    } catch (IOException e) {
      // An orphan that no version lists.
      LOG.warn("Cannot remove {}: {}", path, e.getMessage());
    }
  }

  private TransientException failed(IOException e) {
    return new TransientException(
        "Cannot write predictions to "
            + Locations.display(path)
            + ", the file system failed: "
            + Secrets.mask(String.valueOf(e.getMessage()))
            + ". Nothing was published; make room or repair it, and try again.",
        e);
  }
}
