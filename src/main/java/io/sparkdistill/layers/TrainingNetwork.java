package io.sparkdistill.layers;

import io.sparkdistill.objective.Features;
import io.sparkdistill.objective.Terms;
import io.sparkdistill.student.BatchStatistics;
import io.sparkdistill.student.NativeBackend;
import io.sparkdistill.student.NormLimits;
import java.util.List;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Deeplearning4j network that takes training steps with fast layers where there are any. Gives
 * what the network's own {@code fit} would, but for the rounding of sums in another order. Memory
 * is taken once for each size of batch. Not thread-safe.
 */
public final class TrainingNetwork {
  private final MultiLayerNetwork network;
  private final List<TrainingLayer> layers;
  private final int lowest;
  private final Head head;
  private final ParameterUpdate update;
  private final FeatureTaps taps;
  private final long seed;
  private int rows;

  private TrainingNetwork(
      MultiLayerNetwork network,
      List<TrainingLayer> layers,
      int lowest,
      Head head,
      FeatureTaps taps,
      double clipNorm) {
    this.network = network;
    this.layers = layers;
    this.lowest = lowest;
    this.head = head;
    this.taps = taps;
    this.update = constrained(network, clipped(network, clipNorm));
    this.seed = network.getLayerWiseConfigurations().getConf(0).getSeed();
  }

  /**
   * Deeplearning4j's own clone shares updaters and activations, which several threads would use.
   */
  private static MultiLayerConfiguration apart(MultiLayerConfiguration configuration) {
    return SerializationUtils.clone(configuration);
  }

  private static ParameterUpdate clipped(MultiLayerNetwork network, double clipNorm) {
    ParameterUpdate whole = FusedUpdate.of(network).orElseGet(() -> new StockUpdate(network));
    return clipNorm == 0
        ? whole
        : new ClippedUpdate(
            whole,
            Views.memory(network.getGradientsViewArray()),
            BatchStatistics.of(network.getLayerWiseConfigurations()),
            clipNorm);
  }

  private static ParameterUpdate constrained(MultiLayerNetwork network, ParameterUpdate update) {
    long constraints = NormLimits.constraints(network.getLayerWiseConfigurations());
    if (constraints == 0) {
      return update;
    }
    NormLimits limits = NormLimits.of(network.getLayerWiseConfigurations());
    return limits.count() == constraints
        ? new LimitedUpdate(update, Views.memory(network.params()), limits)
        : new ConstrainedUpdate(update, network);
  }

  /**
   * Builds a network with its first weights.
   *
   * @param configuration of stock layers alone; it is copied
   * @return ready to train
   */
  public static TrainingNetwork of(MultiLayerConfiguration configuration) {
    return of(configuration, 0);
  }

  /**
   * Builds a network with its first weights.
   *
   * @param configuration of stock layers alone; it is copied
   * @param clipNorm longest mean gradient, L2 over all parameters; 0 for no limit
   * @return ready to train
   */
  public static TrainingNetwork of(MultiLayerConfiguration configuration, double clipNorm) {
    return of(configuration, clipNorm, Features.none());
  }

  /**
   * Builds a network with its first weights, and regressors with theirs.
   *
   * @param configuration of stock layers alone; it is copied
   * @param clipNorm longest mean gradient, L2 over all parameters, and over all regressors'; 0 for
   *     no limit
   * @param features hidden layers of it that are compared
   * @return ready to train
   */
  public static TrainingNetwork of(
      MultiLayerConfiguration configuration, double clipNorm, Features features) {
    NativeBackend.choose();
    MultiLayerNetwork network = new MultiLayerNetwork(apart(configuration));
    network.init();
    network.initGradientsView();
    LayerChoice choice = new LayerChoice(network, FeatureTaps.layers(features));
    return new TrainingNetwork(
        network,
        choice.layers(),
        choice.lowest(),
        choice.head(),
        FeatureTaps.of(network, choice, features, clipNorm),
        clipNorm);
  }

  /**
   * Takes one local step. What is random in it follows from the configuration's seed and the step.
   *
   * @param features [rows, width] in order 'c'; it is not changed
   * @param targets of these rows and no others, as the network's loss takes them, row by row
   * @param step which one it is
   * @return the loss before the step, summed over the rows, in nats
   */
  public double step(INDArray features, float[] targets, Step step) {
    return step(features, targets, new float[0], step);
  }

  /**
   * Takes one local step, also by comparisons of hidden layers.
   *
   * @param features [rows, width] in order 'c'; it is not changed
   * @param targets of these rows and no others, as the network's loss takes them, row by row
   * @param tensors what hidden layers are compared with, as {@link Features#targets} gives it, of
   *     these rows and no others
   * @param step which one it is
   * @return the loss before the step, summed over the rows
   */
  public double step(INDArray features, float[] targets, float[] tensors, Step step) {
    double loss = gradient(features, targets, tensors, step);
    update.apply(step, rows);
    taps.update(step, rows);
    return loss;
  }

  /** Writes the gradients, summed over the rows, into their views, and gives the loss. */
  private double gradient(INDArray features, float[] targets, float[] tensors, Step step) {
    resize((int) features.size(0));
    // The generator is the thread's, and dropout would go on where an earlier task left it.
    Nd4j.getRandom().setSeed(step.seed(seed));
    taps.begin(targets);
    INDArray activations = features;
    double loss = 0;
    for (int i = 0; i < layers.size(); i++) {
      activations = layers.get(i).forward(activations, step);
      loss += taps.compare(i, activations, tensors);
    }
    loss += head.loss(activations, targets, step);
    for (int i = layers.size() - 1; i >= lowest; i--) {
      INDArray gradient =
          i == layers.size() - 1 ? head.inputGradient() : layers.get(i + 1).inputGradient();
      layers.get(i).backward(taps.with(i, gradient));
    }
    return loss;
  }

  private void resize(int count) {
    if (rows != count) {
      rows = count;
      layers.forEach(layer -> layer.resize(count));
      head.resize(count);
      taps.resize(count);
    }
  }

  /**
   * Sets where training stands.
   *
   * @param parameters all of them, in Deeplearning4j's order, and then those of regressors
   * @param updater its state, in Deeplearning4j's order, and then that of regressors; empty where
   *     it has none
   */
  public void load(float[] parameters, float[] updater) {
    put(parameters, network.params());
    if (updater.length > 0) {
      put(updater, network.getUpdater().getStateViewArray());
    }
    taps.load(parameters, updater);
  }

  private static void put(float[] numbers, INDArray view) {
    Views.memory(view).put(0, numbers, 0, (int) view.length());
  }

  /**
   * A copy of the parameters.
   *
   * @return all of them, in Deeplearning4j's order, and then those of regressors
   */
  public float[] parameters() {
    return taps.withParameters(copy(network.params()));
  }

  /**
   * A copy of the updater's state.
   *
   * @return in Deeplearning4j's order, and then that of regressors; empty if it has none
   */
  public float[] updaterState() {
    INDArray state = network.getUpdater().getStateViewArray();
    return taps.withState(state == null ? new float[0] : copy(state));
  }

  private static float[] copy(INDArray view) {
    float[] result = new float[(int) view.length()];
    Views.memory(view).get(0, result);
    return result;
  }

  /**
   * What the loss's terms were in the steps since this was last asked.
   *
   * @return of all their rows; of none where the last layer is a stock one
   */
  public Terms terms() {
    return head.terms().with(taps.terms());
  }

  /** What trains, from below. */
  List<String> layerNames() {
    return layers.stream().map(layer -> layer.getClass().getSimpleName()).toList();
  }
}
