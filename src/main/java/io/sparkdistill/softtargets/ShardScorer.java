package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.AttemptFile;
import io.sparkdistill.columnar.ColumnRows;
import io.sparkdistill.examples.Augmentation;
import io.sparkdistill.examples.BadRow;
import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.examples.RowCheck;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.codec.HalfCells;
import io.sparkdistill.softtargets.codec.PackedCodec;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.teacher.Teacher;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * One attempt at one shard: rows in, two private files and what is to be committed out. Memory is
 * bounded by a batch and a row group, whatever the split's size. Not thread-safe.
 */
final class ShardScorer {
  private final ShardJob job;
  private final RowCheck check;
  private final Augmentation augmentation;
  private final LongConsumer scored;
  private final StageDirectory directory;
  private final AttemptFile<ScoredRow, ColumnRows<ScoredRow>> rows;
  private final AttemptFile<BadRow, QuarantineFile> bad;
  private final ShardTally tally = new ShardTally();
  private final BatchScorer scorer;
  private long teacherErrors;

  ShardScorer(
      ShardJob job, InputSplit split, Teacher teacher, Configuration conf, LongConsumer scored) {
    this.job = job;
    this.check =
        RowCheck.of(
            job.teacher().classes(), job.teacher().width(), job.teacher().answers(), job.rules());
    this.augmentation = Augmentation.of(job.views(), job.teacher().width());
    this.scored = scored;
    Path root = new Path(job.root());
    this.directory = StageDirectory.at(root, conf);
    String name = split.key() + "-" + UUID.randomUUID() + ".parquet";
    this.rows = SoftTargetFile.at(new Path(root, "files/part-" + name), job.layout(), conf);
    this.bad =
        new AttemptFile<>(
            SoftTargetFile.CONTENT,
            new Path(root, "files/quarantine-" + name),
            QuarantineFile::create,
            conf);
    this.scorer = new BatchScorer(teacher, job.batchSize(), this::write);
  }

  /**
   * Scores all rows of the split.
   *
   * @throws BadInputException as soon as more rows are bad than may be
   */
  Shard run(InputSplit split, Iterator<InternalRow> input) {
    while (input.hasNext()) {
      InternalRow row = input.next();
      check.read(
          row,
          example -> augmentation.views(example, scorer::add),
          problem -> setAside(RowCheck.bad(row, problem)));
    }
    scorer.flush();
    List<PublishedFile> files = rows.finish(directory).stream().toList();
    List<PublishedFile> quarantine = bad.finish(directory).stream().toList();
    return new Shard(
        Shard.SCHEMA_VERSION,
        job.binding(),
        split,
        job.layout().features(),
        job.layout().intermediates(),
        tally.rows(),
        tally.rows() == 0 ? 0 : job.teacher().width(),
        bad.rows(),
        teacherErrors,
        tally.examplesSum(),
        tally.contentSum(),
        rows.writer().map(writer -> writer.file().columnBytes("logits")).orElse(0L),
        files,
        quarantine);
  }

  void discard() {
    rows.discard();
    bad.discard();
  }

  private void write(BatchScorer.Answered answer) {
    Example example = answer.view().example();
    OptionalDouble odd = NotFinite.in(answer);
    if (odd.isPresent()) {
      refuse(example, (float) odd.getAsDouble());
      return;
    }
    byte[] hash = tally.inputHash(example);
    List<byte[]> cells = new ArrayList<>(1 + answer.intermediates().size());
    cells.add(
        job.layout().codec() instanceof PackedCodec codec
            ? codec.pack(answer.logits(), ShardTally.seed(hash))
            : ShardTally.plainCell(answer.logits()));
    answer.intermediates().forEach(values -> cells.add(HalfCells.pack(values)));
    tally.add(answer.view(), hash, cells);
    if (example.isLabelled() && Distributions.argMax(answer.logits()) != example.label()) {
      teacherErrors++;
    }
    rows.write(new ScoredRow(answer.view(), hash, answer.logits(), cells));
    scored.accept(1);
  }

  private void refuse(Example example, float value) {
    if (job.maxBadRows() == 0) {
      throw Teachers.notFinite(job.teacher().place(), example.id(), value);
    }
    setAside(BadRow.of(example, "is answered with " + value + " by the teacher"));
  }

  private void setAside(BadRow row) {
    bad.write(row);
    if (bad.rows() > job.maxBadRows()) {
      throw new BadInputException(
          "Cannot use examples for "
              + Locations.display(directory.root())
              + ", row '"
              + row.id().orElse("null")
              + "' "
              + row.reason()
              + ". Correct or remove it, or raise softTargets.maxBadRows.");
    }
  }
}
