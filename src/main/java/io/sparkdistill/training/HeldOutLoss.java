package io.sparkdistill.training;

import io.sparkdistill.math.Distributions;
import io.sparkdistill.student.NativeBackend;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The mean loss on rows that are held out, and how many are right, as one Spark job. */
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

  /** Sums over some rows. */
  record Sums(double loss, long labelled, long right) implements Serializable {
    Sums plus(Sums other) {
      return new Sums(loss + other.loss, labelled + other.labelled, right + other.right);
    }
  }

  @Override
  public HeldOutScore score(float[] parameters) {
    Broadcast<RoundTask> sent = task;
    Broadcast<NetworkState> shared = context.broadcast(new NetworkState(parameters, new float[0]));
    try {
      // Collected in the order of partitions: sums in another order would be other sums.
      Sums sums =
          heldOut
              .rows()
              .map(
                  rows -> {
                    NativeBackend.choose();
                    return sums(
                        sent.value().configuration(), shared.value().parameters(), rows.all());
                  })
              .collect()
              .stream()
              .reduce(new Sums(0, 0, 0), Sums::plus);
      return new HeldOutScore(
          sums.loss() / heldOut.count(), (double) sums.right() / sums.labelled());
    } finally {
      shared.destroy();
    }
  }

  static Sums sums(
      MultiLayerConfiguration configuration, float[] parameters, Iterator<TrainingRow> rows) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init(Nd4j.create(parameters, new long[] {1, parameters.length}, 'c'), false);
    OutputLayer last = (OutputLayer) network.getLayer(network.getnLayers() - 1).conf().getLayer();
    Sums sums = new Sums(0, 0, 0);
    while (rows.hasNext()) {
      DataSet batch = StockBatch.next(rows, BATCH);
      INDArray logits = network.output(batch.getFeatures(), false);
      double loss =
          last.getLossFn()
              .computeScore(batch.getLabels(), logits, last.getActivationFn(), null, false);
      float[] targets = batch.getLabels().dup('c').data().asFloat();
      sums =
          sums.plus(compared(loss, targets, logits.dup('c').data().asFloat(), batch.numExamples()));
    }
    return sums;
  }

  private static Sums compared(double loss, float[] targets, float[] logits, int rows) {
    int classes = logits.length / rows;
    long labelled = 0;
    long right = 0;
    for (int row = 0; row < rows; row++) {
      int first = 2 * row * classes;
      float[] answer = Arrays.copyOfRange(logits, row * classes, (row + 1) * classes);
      int named = Distributions.argMax(answer);
      for (int i = 0; i < classes; i++) {
        // The row's weight, at the place of its label; less than 0 where it has none.
        if (targets[first + i] > 0) {
          labelled++;
          right += i == named ? 1 : 0;
        }
      }
    }
    return new Sums(loss, labelled, right);
  }
}
