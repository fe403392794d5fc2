package io.sparkdistill.layers;

import io.sparkdistill.objective.Feature;
import io.sparkdistill.objective.FeatureTerm;
import io.sparkdistill.objective.Features;
import io.sparkdistill.objective.Regression;
import io.sparkdistill.objective.RowWeights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * All taps of a network, and the parameters, gradients and updater of their regressors, which stand
 * one after the other in arrays of their own. Not thread-safe.
 */
final class FeatureTaps {
  private final List<FeatureTap> taps;
  private final List<Integer> places;
  private final RegressorMemory memory;
  private final FloatBuffer state;
  private final Optional<ParameterUpdate> update;
  private final Floats sum = new Floats();
  private float[] numbers = {};
  private double[] weights = {};

  private FeatureTaps(
      List<FeatureTap> taps,
      List<Integer> places,
      RegressorMemory memory,
      FloatBuffer state,
      Optional<ParameterUpdate> update) {
    this.taps = taps;
    this.places = places;
    this.memory = memory;
    this.state = state;
    this.update = update;
  }

  /**
   * Taps of a network.
   *
   * @param choice what it trains on; knows the tapped layers
   * @param clipNorm longest mean gradient of all regressors together; 0 for no limit
   */
  static FeatureTaps of(
      MultiLayerNetwork network, LayerChoice choice, Features features, double clipNorm) {
    RegressorMemory memory = new RegressorMemory(features.parameters());
    List<FeatureTap> taps = taps(features, memory, seed(network));
    List<Integer> places = taps.stream().map(tap -> choice.end(tap.layer())).toList();
    if (memory.length() == 0) {
      return new FeatureTaps(taps, places, memory, FloatBuffer.allocate(0), Optional.empty());
    }
    UpdateRule rule = rule(network);
    FloatBuffer state = FloatBuffer.allocate(memory.length() * rule.states());
    ParameterUpdate update = FusedUpdate.of(rule, memory.parameters(), memory.gradients(), state);
    return new FeatureTaps(
        taps,
        places,
        memory,
        state,
        Optional.of(
            clipNorm == 0
                ? update
                : new ClippedUpdate(update, memory.gradients(), new BitSet(), clipNorm)));
  }

  private static List<FeatureTap> taps(Features features, RegressorMemory memory, long seed) {
    List<FeatureTap> taps = new ArrayList<>();
    int parameter = 0;
    int target = 0;
    for (Feature feature : features.all()) {
      Optional<Regressor> regressor = Optional.empty();
      if (feature.loss().regression().isPresent()) {
        Regression map = feature.loss().regression().get();
        Regressor begun = new Regressor(map, memory, parameter);
        begun.begin(seed + parameter);
        parameter += map.parameters();
        regressor = Optional.of(begun);
      }
      taps.add(new FeatureTap(feature, target, regressor));
      target += feature.loss().teacherNumbers();
    }
    return taps;
  }

  /** Another one than that of the network's own first weights. */
  private static long seed(MultiLayerNetwork network) {
    return ~network.getLayerWiseConfigurations().getConf(0).getSeed();
  }

  /** That of the last layer, as all of a student's layers have it. */
  private static UpdateRule rule(MultiLayerNetwork network) {
    IUpdater updater =
        network
            .getLayer(network.getnLayers() - 1)
            .conf()
            .getLayer()
            .getUpdaterByParam(DefaultParamInitializer.WEIGHT_KEY);
    return UpdateRule.of(updater)
        .orElseThrow(() -> new IllegalArgumentException("No regressor learns by " + updater));
  }

  void resize(int rows) {
    taps.forEach(tap -> tap.resize(rows));
    weights = new double[rows];
  }

  /** Reads how often each row of a batch counts from the targets of its logits. */
  void begin(float[] targets) {
    for (int row = 0; row < weights.length && !taps.isEmpty(); row++) {
      weights[row] = RowWeights.of(targets, row, targets.length / weights.length / 2);
    }
  }

  /** Compares what the training layer at a place gave, if it is tapped, and gives the loss. */
  double compare(int place, INDArray activations, float[] targets) {
    double loss = 0;
    for (int i = 0; i < taps.size(); i++) {
      if (places.get(i) == place) {
        loss += taps.get(i).compare(activations, targets, weights);
      }
    }
    return loss;
  }

  /** The gradient by what the training layer at a place gave, with that of its taps. */
  INDArray with(int place, INDArray gradient) {
    if (!places.contains(place)) {
      return gradient;
    }
    INDArray all = sum.shape('c', gradient.shape());
    all.assign(gradient);
    int length = (int) gradient.length();
    if (numbers.length < length) {
      numbers = new float[length];
    }
    sum.memory().get(0, numbers, 0, length);
    for (int i = 0; i < taps.size(); i++) {
      if (places.get(i) == place) {
        taps.get(i).addTo(numbers);
      }
    }
    sum.memory().put(0, numbers, 0, length);
    return all;
  }

  /** Takes a step with the regressors, whose gradients are sums over so many rows. */
  void update(Step step, int rows) {
    update.ifPresent(kernel -> kernel.apply(step, rows));
  }

  /** Sets the regressors to the last numbers of some. */
  void load(float[] allParameters, float[] allStates) {
    putLast(allParameters, memory.parameters());
    if (allStates.length > 0) {
      putLast(allStates, state);
    }
  }

  private static void putLast(float[] from, FloatBuffer to) {
    to.put(0, from, from.length - to.limit(), to.limit());
  }

  /** Numbers, with the regressors' parameters behind them. */
  float[] withParameters(float[] network) {
    return followed(network, memory.parameters());
  }

  /** Numbers, with the regressors' updater behind them. */
  float[] withState(float[] network) {
    return followed(network, state);
  }

  private static float[] followed(float[] first, FloatBuffer second) {
    if (second.limit() == 0) {
      return first;
    }
    float[] all = Arrays.copyOf(first, first.length + second.limit());
    second.get(0, all, first.length, second.limit());
    return all;
  }

  List<FeatureTerm> terms() {
    return taps.stream().map(FeatureTap::term).toList();
  }

  /** Which of the network's layers are compared. */
  static List<Integer> layers(Features features) {
    return features.all().stream().map(Feature::layer).toList();
  }
}
