package io.sparkdistill.bench;

import com.microsoft.azure.synapse.ml.onnx.ONNXModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * SynapseML's ONNXModel as its documentation shows it, with the runtime that it brings. Counted:
 * from before the model's file is read until the answers are Parquet.
 */
public final class SynapseMlWorker {
  private final SparkSession spark;
  private final Path rows;
  private final Path output;

  private SynapseMlWorker(SparkSession spark, Path rows, Path output) {
    this.spark = spark;
    this.rows = rows;
    this.output = output;
  }

  /**
   * Serves until its input ends.
   *
   * @param args folder of the rows, folder to write to
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSession.builder().appName("bench synapseml").getOrCreate()) {
      WorkerLoop.serve(new SynapseMlWorker(spark, Path.of(args[0]), Path.of(args[1]))::label);
    }
  }

  private Answer label(String onnx) throws IOException {
    Folders.delete(output);
    long start = System.nanoTime();
    ONNXModel model = new ONNXModel().setModelLocation(onnx);
    model.setDeviceType("CPU");
    model.setFeedDict(Teacher.INPUT, "pixels");
    model.setFetchDict(Teacher.OUTPUT, Teacher.OUTPUT);
    model.setMiniBatchSize(Teacher.BATCH);
    model
        .transform(spark.read().parquet(rows.resolve(LabelRows.TRAIN).toString()))
        .select("id", "label", Teacher.OUTPUT)
        .write()
        .parquet(output.toString());
    double seconds = (System.nanoTime() - start) / 1e9;
    return check(seconds);
  }

  private Answer check(double seconds) {
    Dataset<Row> written = spark.read().parquet(output.toString());
    long count = 0;
    long errors = 0;
    for (Iterator<Row> each = written.toLocalIterator(); each.hasNext(); ) {
      Row row = each.next();
      List<Float> answer = row.getList(row.fieldIndex(Teacher.OUTPUT));
      float[] logits = new float[answer.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = answer.get(i);
      }
      int label = row.getInt(row.fieldIndex("label"));
      errors += Answer.best(logits, 0, logits.length) == label ? 0 : 1;
      count++;
    }
    return new Answer(seconds, count, errors);
  }
}
