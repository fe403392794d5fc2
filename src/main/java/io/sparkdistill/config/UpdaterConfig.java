package io.sparkdistill.config;

/** The rule of a local step. */
public sealed interface UpdaterConfig {
  /**
   * The step size before any schedule.
   *
   * @return greater than 0
   */
  double learningRate();

  /**
   * Adam.
   *
   * @param learningRate step size
   * @param beta1 decay of the mean
   * @param beta2 decay of the uncentred variance
   * @param epsilon added to the root of the variance
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements UpdaterConfig {}

  /**
   * Stochastic gradient descent with Nesterov's momentum.
   *
   * @param learningRate step size
   * @param momentum 0 to below 1
   */
  record Nesterovs(double learningRate, double momentum) implements UpdaterConfig {}

  /**
   * Plain stochastic gradient descent.
   *
   * @param learningRate step size
   */
  record Sgd(double learningRate) implements UpdaterConfig {}
}
