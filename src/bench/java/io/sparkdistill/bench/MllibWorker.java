package io.sparkdistill.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Spark MLlib's MultilayerPerceptronClassifier, by gradient descent, which computes one gradient
 * over all rows an iteration. Counted: the iterations that a longer training has more than a
 * shorter one. It knows no convolutions.
 */
public final class MllibWorker {
  private static final int SHORT = 1;
  private static final int LONG = 3;

  private final Dataset<Row> rows;

  private MllibWorker(Dataset<Row> rows) {
    this.rows = rows;
  }

  /**
   * Serves until its input ends.
   *
   * @param args folder of MNIST
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    TrainingDigits digits = TrainingDigits.read(Path.of(args[0]));
    try (SparkSession spark = SparkSession.builder().appName("bench mllib").getOrCreate()) {
      Dataset<Row> rows = rows(spark, digits).repartition(Student.WORKERS).cache();
      rows.count();
      WorkerLoop.serve(new MllibWorker(rows)::measure);
    }
  }

  private static Dataset<Row> rows(SparkSession spark, TrainingDigits digits) {
    List<Row> rows =
        IntStream.range(0, Student.ROWS)
            .mapToObj(
                i -> {
                  float[] pixels = digits.row(i);
                  double[] features =
                      IntStream.range(0, pixels.length).mapToDouble(p -> pixels[p]).toArray();
                  return RowFactory.create(Vectors.dense(features), (double) digits.labels()[i]);
                })
            .toList();
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType));
  }

  private Answer measure(String student) {
    if (Student.named(student) != Student.MLP) {
      throw new IllegalArgumentException("MLlib has no convolutions");
    }
    double more = seconds(LONG) - seconds(SHORT);
    return new Answer(more, (long) (LONG - SHORT) * Student.ROWS, 0);
  }

  private double seconds(int iterations) {
    long start = System.nanoTime();
    new MultilayerPerceptronClassifier()
        .setLayers(new int[] {Student.WIDTH, 800, 800, Student.CLASSES})
        .setBlockSize(Student.BATCH)
        .setSolver("gd")
        .setStepSize(0.01)
        .setTol(0)
        .setSeed(1)
        .setMaxIter(iterations)
        .fit(rows);
    return (System.nanoTime() - start) / 1e9;
  }
}
