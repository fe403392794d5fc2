package io.sparkdistill.training;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Which rows the workers have. Not thread-safe. */
interface WorkerRows extends AutoCloseable {
  /** How many each has, in all epochs. */
  List<Integer> counts();

  /** One partition a worker, of one element; kept until rows of another epoch are asked for. */
  JavaRDD<RowSource> of(int epoch);

  @Override
  void close();

  /** Those that stay what they are. */
  static WorkerRows fixed(TrainingData data) {
    return new WorkerRows() {
      @Override
      public List<Integer> counts() {
        return data.workerRows();
      }

      @Override
      public JavaRDD<RowSource> of(int epoch) {
        return data.rows();
      }

      @Override
      public void close() {
        // Whoever distributed them will.
      }
    };
  }
}
