package io.sparkdistill.training;

import io.sparkdistill.student.NativeBackend;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The mean loss on rows that are held out, as one Spark job. */
final class HeldOutLoss implements Validation.Judge {
  private static final int BATCH = 256;

  private final JavaSparkContext context;
  private final TrainingData heldOut;
  private final Broadcast<RoundTask> task;

  HeldOutLoss(JavaSparkContext context, TrainingData heldOut, Broadcast<RoundTask> task) {
    this.context = context;
    this.heldOut = heldOut;
    this.task = task;
  }

  @Override
  public double loss(float[] parameters) {
    Broadcast<RoundTask> sent = task;
    Broadcast<NetworkState> shared = context.broadcast(new NetworkState(parameters, new float[0]));
    try {
      // Collected in the order of partitions: sums in another order would be other sums.
      double sum =
          heldOut
              .rows()
              .map(
                  rows -> {
                    NativeBackend.choose();
                    return sum(
                        sent.value().configuration(), shared.value().parameters(), rows.all());
                  })
              .collect()
              .stream()
              .mapToDouble(Double::doubleValue)
              .sum();
      return sum / heldOut.count();
    } finally {
      shared.destroy();
    }
  }

  static double sum(
      MultiLayerConfiguration configuration, float[] parameters, Iterator<TrainingRow> rows) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init(Nd4j.create(parameters, new long[] {1, parameters.length}, 'c'), false);
    double sum = 0;
    while (rows.hasNext()) {
      DataSet batch = StockBatch.next(rows, BATCH);
      sum += network.score(batch, false) * batch.numExamples();
    }
    return sum;
  }
}
