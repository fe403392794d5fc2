package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Mean, updater and subtraction in one pass over the network's flat views, in blocks that stay in
 * the processor's first cache. The state stands where Deeplearning4j has it.
 */
final class FusedUpdate implements ParameterUpdate {
  private static final int BLOCK = 256;

  /** Neighbouring parameters with one rule; places are those in the flat views. */
  private record Range(UpdateRule rule, int from, int end, int state, boolean mean) {}

  private final List<Range> ranges;
  private final FloatBuffer parameters;
  private final FloatBuffer gradients;
  private final FloatBuffer states;
  private final float[] p = new float[BLOCK];
  private final float[] g = new float[BLOCK];
  private final float[] m = new float[BLOCK];
  private final float[] v = new float[BLOCK];

  private FusedUpdate(MultiLayerNetwork network, List<Range> ranges) {
    this(
        ranges,
        Views.memory(network.params()),
        Views.memory(network.getGradientsViewArray()),
        network.getUpdater().getStateViewArray() == null
            ? FloatBuffer.allocate(0)
            : Views.memory(network.getUpdater().getStateViewArray()));
  }

  private FusedUpdate(
      List<Range> ranges, FloatBuffer parameters, FloatBuffer gradients, FloatBuffer states) {
    this.ranges = ranges;
    this.parameters = parameters;
    this.gradients = gradients;
    this.states = states;
  }

  /** One rule for all numbers, whose gradients are sums over rows. */
  static ParameterUpdate of(
      UpdateRule rule, FloatBuffer parameters, FloatBuffer gradients, FloatBuffer states) {
    return new FusedUpdate(
        List.of(new Range(rule, 0, parameters.limit(), 0, true)), parameters, gradients, states);
  }

  /** Empty if the network asks for what only the stock updater does. */
  static Optional<ParameterUpdate> of(MultiLayerNetwork network) {
    List<Range> ranges = new ArrayList<>();
    for (UpdaterBlock block : UpdaterBlocks.of(network)) {
      for (UpdaterBlock.ParamState part : block.getLayersAndVariablesInBlock()) {
        if (!isPlain(part.getLayer(), part.getParamName())) {
          return Optional.empty();
        }
      }
      UpdaterBlock.ParamState first = block.getLayersAndVariablesInBlock().get(0);
      Optional<UpdateRule> rule = UpdateRule.of(UpdaterBlocks.rule(block));
      if (rule.isEmpty()) {
        return Optional.empty();
      }
      ranges.add(
          new Range(
              rule.get(),
              block.getParamOffsetStart(),
              block.getParamOffsetEnd(),
              block.getUpdaterViewOffsetStart(),
              first.getLayer().updaterDivideByMinibatch(first.getParamName())));
    }
    return Optional.of(new FusedUpdate(network, ranges));
  }

  private static boolean isPlain(Trainable layer, String parameter) {
    List<Regularization> regularization = layer.getConfig().getRegularizationByParam(parameter);
    return (regularization == null || regularization.isEmpty())
        && !layer.getConfig().isPretrainParam(parameter)
        && (layer.getConfig().getGradientNormalization() == null
            || layer.getConfig().getGradientNormalization() == GradientNormalization.None);
  }

  @Override
  public void apply(Step step, int rows) {
    for (Range range : ranges) {
      apply(range, range.rule().at(step), range.mean() ? 1f / rows : 1);
    }
  }

  private void apply(Range range, UpdateRule.Kernel kernel, float scale) {
    int length = range.end() - range.from();
    int kinds = range.rule().states();
    for (int from = 0; from < length; from += BLOCK) {
      int count = Math.min(BLOCK, length - from);
      parameters.get(range.from() + from, p, 0, count);
      gradients.get(range.from() + from, g, 0, count);
      for (int i = 0; i < count; i++) {
        g[i] *= scale;
      }
      if (kinds > 0) {
        states.get(range.state() + from, m, 0, count);
      }
      if (kinds > 1) {
        states.get(range.state() + length + from, v, 0, count);
      }
      kernel.apply(p, g, m, v, count);
      parameters.put(range.from() + from, p, 0, count);
      if (kinds > 0) {
        states.put(range.state() + from, m, 0, count);
      }
      if (kinds > 1) {
        states.put(range.state() + length + from, v, 0, count);
      }
    }
  }
}
