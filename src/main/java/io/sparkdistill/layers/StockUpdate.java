package io.sparkdistill.layers;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;

/** The updater of Deeplearning4j as it is: regularisation, limits on gradients, any rule. */
final class StockUpdate implements ParameterUpdate {
  private final MultiLayerNetwork network;
  private final Gradient gradient;
  private final List<AheadSchedule> schedules;
  private final boolean countsUpdates;

  StockUpdate(MultiLayerNetwork network) {
    this.network = network;
    this.gradient = new DefaultGradient(network.getGradientsViewArray());
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() > 0) {
        Views.gradients(layer)
            .forEach((name, view) -> gradient.setGradientFor(layer.getIndex() + "_" + name, view));
      }
    }
    List<Adam> adams =
        UpdaterBlocks.of(network).stream()
            .map(UpdaterBlocks::rule)
            .filter(Adam.class::isInstance)
            .map(Adam.class::cast)
            .toList();
    this.countsUpdates = !adams.isEmpty();
    this.schedules =
        adams.stream()
            .filter(adam -> adam.getLearningRateSchedule() != null)
            .map(AheadSchedule::of)
            .toList();
  }

  @Override
  public void apply(Step step, int rows) {
    // Adam corrects its bias by the number that it is given, which is also the schedule's.
    schedules.forEach(schedule -> schedule.steps = step.iteration() - step.updates());
    network
        .getUpdater()
        .update(
            network,
            gradient,
            countsUpdates ? step.updates() : step.iteration(),
            0,
            rows,
            LayerWorkspaceMgr.noWorkspaces());
    INDArray parameters = network.params();
    parameters.subi(network.getGradientsViewArray().reshape(parameters.shape()));
  }

  /** A schedule that has gone on while the updater's state was begun anew. */
  private static final class AheadSchedule implements ISchedule {
    private static final long serialVersionUID = 1L;

    private final ISchedule schedule;
    private int steps;

    private AheadSchedule(ISchedule schedule) {
      this.schedule = schedule;
    }

    static AheadSchedule of(Adam adam) {
      if (adam.getLearningRateSchedule() instanceof AheadSchedule shared) {
        return shared;
      }
      AheadSchedule ahead = new AheadSchedule(adam.getLearningRateSchedule());
      adam.setLearningRateSchedule(ahead);
      return ahead;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
      return schedule.valueAt(iteration + steps, epoch);
    }

    @Override
    public ISchedule clone() {
      AheadSchedule copy = new AheadSchedule(schedule.clone());
      copy.steps = steps;
      return copy;
    }
  }
}
