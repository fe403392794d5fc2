package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.ExampleCheck;
import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.teacher.OnnxModelFile;
import io.sparkdistill.teacher.OnnxTeacher;
import io.sparkdistill.teacher.TeacherSessions;
import io.sparkdistill.teacher.TeacherSpec;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/** The labelling job: one session of the teacher in each executor, one pass over the examples. */
public final class SoftTargetWriter {
  private final SparkSession spark;
  private final OnnxModelFile model;
  private final TeacherSpec spec;
  private final LogitCodec codec;
  private final int batchSize;

  /**
   * Starts nothing yet.
   *
   * @param spark a running session
   * @param model the teacher's file
   * @param spec how it is used
   * @param codec how logits are stored
   * @param batchSize rows that are scored at once
   */
  public SoftTargetWriter(
      SparkSession spark, OnnxModelFile model, TeacherSpec spec, LogitCodec codec, int batchSize) {
    this.spark = spark;
    this.model = model;
    this.spec = spec;
    this.codec = codec;
    this.batchSize = batchSize;
  }

  /**
   * Scores some rows on the driver, so that a teacher that does not fit fails before the cluster
   * works.
   *
   * @param table checked
   * @throws BadInputException if the teacher does not fit the data, or answers with NaN
   */
  public void probe(ExampleTable table) {
    List<Example> some = ExampleCheck.examples(table).take(Math.min(batchSize, 64));
    OnnxTeacher teacher = TeacherSessions.shared(spec, model::bytes);
    BatchScorer scorer =
        new BatchScorer(some.iterator(), teacher::score, new Float32Codec(), some.size(), n -> {});
    while (scorer.hasNext()) {
      ScoredRow row = scorer.next();
      for (float logit : row.getPlainLogits()) {
        if (!Float.isFinite(logit)) {
          throw notFinite(model.place(), row.getId(), logit);
        }
      }
    }
  }

  /**
   * Scores all rows into Parquet files of a folder that must not exist.
   *
   * @param table checked
   * @param attempt where the files go
   * @param scored is told how many rows were scored, for progress; retried tasks count twice
   */
  public void write(ExampleTable table, Path attempt, LongAccumulator scored) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<byte[]> bytes = context.broadcast(model.bytes());
    try {
      JavaRDD<ScoredRow> rows =
          ExampleCheck.examples(table)
              .mapPartitions(new ScorePartition(bytes, spec, codec, batchSize, scored));
      spark
          .createDataset(rows.rdd(), Encoders.bean(ScoredRow.class))
          .select(SoftTargetColumns.ofBean(codec))
          .write()
          .parquet(attempt.toString());
    } finally {
      bytes.destroy();
    }
  }

  static BadInputException notFinite(String teacher, String id, float logit) {
    return new BadInputException(
        "Cannot use teacher "
            + teacher
            + ", it answers row '"
            + id
            + "' with "
            + logit
            + ". Give features in the range that it was trained on, or another teacher.");
  }

  private record ScorePartition(
      Broadcast<byte[]> model,
      TeacherSpec spec,
      LogitCodec codec,
      int batchSize,
      LongAccumulator scored)
      implements org.apache.spark.api.java.function.FlatMapFunction<Iterator<Example>, ScoredRow> {
    @Override
    public Iterator<ScoredRow> call(Iterator<Example> examples) {
      OnnxTeacher teacher = TeacherSessions.shared(spec, model::value);
      return new BatchScorer(examples, teacher::score, codec, batchSize, scored::add);
    }
  }
}
