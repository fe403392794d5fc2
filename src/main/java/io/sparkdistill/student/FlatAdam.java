package io.sparkdistill.student;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Deeplearning4j's Adam with the same state and the same numbers, whose update is one pass over the
 * flat parameter view. For training; what is published names the stock one.
 */
public final class FlatAdam extends Adam {
  private static final long serialVersionUID = 1L;

  private int unseenSteps;

  /** For the JSON form, which sets the rest. */
  public FlatAdam() {}

  FlatAdam(Adam stock) {
    super(stock.getLearningRate(), stock.getBeta1(), stock.getBeta2(), stock.getEpsilon());
    setLearningRateSchedule(stock.getLearningRateSchedule());
  }

  @Override
  public GradientUpdater<?> instantiate(INDArray view, boolean initialize) {
    FlatAdamUpdater updater = new FlatAdamUpdater(this);
    updater.setStateViewArray(view, new long[] {view.length() / 2}, view.ordering(), initialize);
    return updater;
  }

  @Override
  public GradientUpdater<?> instantiate(Map<String, INDArray> state, boolean initialize) {
    throw new UnsupportedOperationException("Networks that are trained have their state in a view");
  }

  /**
   * Corrects the bias of a state that has not seen all steps; the learning rate's schedule goes on
   * counting them.
   *
   * @param steps of the training that the state has not seen
   */
  public void forgetSteps(int steps) {
    unseenSteps = steps;
  }

  int updates(int iteration) {
    return iteration - unseenSteps;
  }

  @Override
  public FlatAdam clone() {
    FlatAdam copy = new FlatAdam(this);
    copy.unseenSteps = unseenSteps;
    return copy;
  }
}
