package io.sparkdistill.student;

import java.nio.FloatBuffer;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * Adam's algorithm 1 (Kingma and Ba, 2015, in the efficient order of section 2) on float32, in
 * blocks that stay in the processor's first cache. The state is [m | v], as in Deeplearning4j. Not
 * thread-safe.
 */
final class FlatAdamUpdater implements GradientUpdater<FlatAdam> {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 2048;

  private final FlatAdam config;
  private final transient float[] g = new float[BLOCK];
  private final transient float[] m = new float[BLOCK];
  private final transient float[] v = new float[BLOCK];
  private transient INDArray state;

  FlatAdamUpdater(FlatAdam config) {
    this.config = config;
  }

  @Override
  public FlatAdam getConfig() {
    return config;
  }

  @Override
  public void setStateViewArray(
      INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
    state = view;
    if (initialize) {
      state.assign(0);
    }
  }

  @Override
  public void setState(Map<String, INDArray> values, boolean initialize) {
    throw new UnsupportedOperationException("The state is a view");
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of("MV", state);
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    double updates = config.updates(iteration) + 1.0;
    double correction1 = 1 - Math.pow(config.getBeta1(), updates);
    double correction2 = 1 - Math.pow(config.getBeta2(), updates);
    float rate =
        (float) (config.getLearningRate(iteration, epoch) * Math.sqrt(correction2) / correction1);
    FloatBuffer gradients = gradient.data().asNioFloat();
    FloatBuffer moments = state.data().asNioFloat();
    int first = gradients.position();
    int firstM = moments.position();
    int length = (int) gradient.length();
    for (int from = 0; from < length; from += BLOCK) {
      int count = Math.min(BLOCK, length - from);
      gradients.get(first + from, g, 0, count);
      moments.get(firstM + from, m, 0, count);
      moments.get(firstM + length + from, v, 0, count);
      step(count, rate);
      gradients.put(first + from, g, 0, count);
      moments.put(firstM + from, m, 0, count);
      moments.put(firstM + length + from, v, 0, count);
    }
  }

  private void step(int count, float rate) {
    float beta1 = (float) config.getBeta1();
    float beta2 = (float) config.getBeta2();
    float epsilon = (float) config.getEpsilon();
    for (int i = 0; i < count; i++) {
      float gradient = g[i];
      m[i] = beta1 * m[i] + (1 - beta1) * gradient;
      v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
      g[i] = rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }
}
