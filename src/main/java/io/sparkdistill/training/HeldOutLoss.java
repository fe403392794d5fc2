package io.sparkdistill.training;

import io.sparkdistill.math.Distributions;
import io.sparkdistill.objective.ObjectiveLoss;
import io.sparkdistill.student.NativeBackend;
import io.sparkdistill.training.rows.StockBatch;
import io.sparkdistill.training.rows.TrainingData;
import io.sparkdistill.training.rows.TrainingRow;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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
    ObjectiveLoss lossOfAll = (ObjectiveLoss) last.getLossFn();
    List<Integer> heads = lossOfAll.objective().classes((int) last.getNOut());
    Sums sums = new Sums(0, 0, 0);
    while (rows.hasNext()) {
      DataSet batch = StockBatch.next(rows, BATCH);
      INDArray logits = network.output(batch.getFeatures(), false);
      double loss =
          lossOfAll.computeScore(batch.getLabels(), logits, last.getActivationFn(), null, false);
      float[] targets = batch.getLabels().dup('c').data().asFloat();
      sums = sums.plus(compared(loss, targets, logits.dup('c').data().asFloat(), heads));
    }
    return sums;
  }

  private static Sums compared(
      double loss, float[] targets, float[] logits, List<Integer> classesOfHeads) {
    int width = classesOfHeads.stream().mapToInt(Integer::intValue).sum();
    long labelled = 0;
    long right = 0;
    for (int row = 0; row < logits.length / width; row++) {
      int answer = row * width;
      int label = 2 * row * width;
      for (int classes : classesOfHeads) {
        int named = Distributions.argMax(Arrays.copyOfRange(logits, answer, answer + classes));
        for (int i = 0; i < classes; i++) {
          // The row's weight, at the place of its label; less than 0 where it has none.
          if (targets[label + i] > 0) {
            labelled++;
            right += i == named ? 1 : 0;
          }
        }
        answer += classes;
        label += classes;
      }
    }
    return new Sums(loss, labelled, right);
  }
}
