package io.sparkdistill.student;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/**
 * Keeps the incoming weights of hidden units from growing too long: Srivastava and others,
 * "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014), section 5.1. It does
 * what Deeplearning4j's {@link MaxNormConstraint} does, on all parameters as one vector, where the
 * weights of a unit stand side by side. Weights that are short enough are not touched. Not
 * thread-safe.
 */
public final class NormLimits {
  /**
   * The units of a layer.
   *
   * @param from place of the first one's first weight among all parameters
   * @param units one after the other
   * @param weights of each
   * @param longest L2
   */
  private record Limit(int from, int units, int weights, double longest) {}

  private final List<Limit> limits;
  private final float[] unit;

  private NormLimits(List<Limit> limits) {
    this.limits = List.copyOf(limits);
    this.unit = new float[limits.stream().mapToInt(Limit::weights).max().orElse(0)];
  }

  /**
   * No limits at all.
   *
   * @return what changes nothing
   */
  public static NormLimits none() {
    return new NormLimits(List.of());
  }

  /**
   * Finds those constraints of a network that are limits of units of dense layers, or of the last
   * one, or of filters of convolutions.
   *
   * @param configuration whose layers know their inputs
   * @return one for each of these constraints; other constraints have none
   */
  public static NormLimits of(MultiLayerConfiguration configuration) {
    List<Limit> limits = new ArrayList<>();
    int from = 0;
    for (NeuralNetConfiguration conf : configuration.getConfs()) {
      Layer layer = conf.getLayer();
      if (layer.getConstraints() != null) {
        for (LayerConstraint constraint : layer.getConstraints()) {
          if (constraint.getClass() == MaxNormConstraint.class) {
            add((MaxNormConstraint) constraint, layer, from, limits);
          }
        }
      }
      from = Math.toIntExact(from + layer.initializer().numParams(conf));
    }
    return new NormLimits(limits);
  }

  private static void add(MaxNormConstraint constraint, Layer layer, int from, List<Limit> limits) {
    boolean weightsAlone =
        Set.of(DefaultParamInitializer.WEIGHT_KEY).equals(constraint.getParams());
    int[] dimensions = constraint.getDimensions();
    double longest = constraint.getMaxNorm();
    if (weightsAlone
        && (layer.getClass() == DenseLayer.class || layer.getClass() == OutputLayer.class)
        && Arrays.equals(dimensions, Restraints.ofUnit())) {
      // Column-major, and the bias is behind them.
      FeedForwardLayer dense = (FeedForwardLayer) layer;
      limits.add(new Limit(from, (int) dense.getNOut(), (int) dense.getNIn(), longest));
    } else if (weightsAlone
        && layer.getClass() == ConvolutionLayer.class
        && Arrays.equals(dimensions, Restraints.ofFilter())) {
      // Row-major, and the bias is before them.
      ConvolutionLayer filters = (ConvolutionLayer) layer;
      int units = (int) filters.getNOut();
      int weights =
          (int) filters.getNIn() * filters.getKernelSize()[0] * filters.getKernelSize()[1];
      limits.add(new Limit(from + (filters.hasBias() ? units : 0), units, weights, longest));
    }
  }

  /**
   * How many constraints a network has, of whatever kind.
   *
   * @param configuration of all layers
   * @return as many as {@link #count} where all of them are such limits
   */
  public static long constraints(MultiLayerConfiguration configuration) {
    return configuration.getConfs().stream()
        .map(layer -> layer.getLayer().getConstraints())
        .filter(Objects::nonNull)
        .mapToLong(List::size)
        .sum();
  }

  /**
   * How many constraints these limits stand for.
   *
   * @return 0 where nothing is limited
   */
  public int count() {
    return limits.size();
  }

  /**
   * Shortens the weights of each unit whose weights are too long; they keep their direction.
   *
   * @param parameters all of them, in Deeplearning4j's order, from place 0 on
   */
  public void apply(FloatBuffer parameters) {
    for (Limit limit : limits) {
      for (int i = 0; i < limit.units; i++) {
        int from = limit.from + i * limit.weights;
        parameters.get(from, unit, 0, limit.weights);
        double squares = squares(limit.weights);
        if (squares > limit.longest * limit.longest) {
          float scale = (float) (limit.longest / Math.sqrt(squares));
          for (int j = 0; j < limit.weights; j++) {
            unit[j] *= scale;
          }
          parameters.put(from, unit, 0, limit.weights);
        }
      }
    }
  }

  /** In four sums, of which none waits for another. */
  private double squares(int count) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      first += (double) unit[i] * unit[i];
      second += (double) unit[i + 1] * unit[i + 1];
      third += (double) unit[i + 2] * unit[i + 2];
      fourth += (double) unit[i + 3] * unit[i + 3];
    }
    double rest = 0;
    for (; i < count; i++) {
      rest += (double) unit[i] * unit[i];
    }
    return first + second + third + fourth + rest;
  }
}
