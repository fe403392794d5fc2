package io.sparkdistill.training.rows;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Which rows the workers have. Not thread-safe. */
public interface WorkerRows extends AutoCloseable {
  /**
   * How many each has.
   *
   * @return one number a worker, the same in all epochs
   */
  List<Integer> counts();

  /**
   * Those of one epoch, kept until rows of another epoch are asked for.
   *
   * @param epoch from 0
   * @return one partition a worker, of one element
   */
  JavaRDD<RowSource> of(int epoch);

  @Override
  void close();

  /**
   * Rows go to other workers each epoch.
   *
   * @param data kept until these here are closed, and not closed by them
   * @param seed of all epochs
   * @return a shuffle an epoch
   */
  static WorkerRows dealt(TrainingData data, long seed) {
    return new DealtRows(data, seed);
  }

  /**
   * Each worker has the same ones each epoch.
   *
   * @param data kept until these here are closed, and not closed by them
   * @return as they were distributed
   */
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
