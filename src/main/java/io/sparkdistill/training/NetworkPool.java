package io.sparkdistill.training;

import io.sparkdistill.layers.TrainingNetwork;
import io.sparkdistill.objective.Features;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** Networks that wait in a JVM for the next round, one for each task at a time. Thread-safe. */
final class NetworkPool {
  private final MultiLayerConfiguration configuration;
  private final double clipNorm;
  private final Features features;
  private final ConcurrentLinkedQueue<TrainingNetwork> idle = new ConcurrentLinkedQueue<>();

  NetworkPool(MultiLayerConfiguration configuration, double clipNorm, Features features) {
    this.configuration = configuration;
    this.clipNorm = clipNorm;
    this.features = features;
  }

  /** Of networks of which no hidden layer is compared. */
  NetworkPool(MultiLayerConfiguration configuration, double clipNorm) {
    this(configuration, clipNorm, Features.none());
  }

  /** A network whose state is of no meaning. */
  TrainingNetwork take() {
    TrainingNetwork network = idle.poll();
    return network == null ? TrainingNetwork.of(configuration, clipNorm, features) : network;
  }

  /** Gives a network back, unless its step failed. */
  void giveBack(TrainingNetwork network) {
    idle.add(network);
  }
}
