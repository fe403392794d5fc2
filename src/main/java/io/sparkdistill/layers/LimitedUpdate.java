package io.sparkdistill.layers;

import io.sparkdistill.student.NormLimits;
import java.nio.FloatBuffer;

/** Shortens weights that are too long after another update. Not thread-safe. */
final class LimitedUpdate implements ParameterUpdate {
  private final ParameterUpdate update;
  private final FloatBuffer parameters;
  private final NormLimits limits;

  LimitedUpdate(ParameterUpdate update, FloatBuffer parameters, NormLimits limits) {
    this.update = update;
    this.parameters = parameters;
    this.limits = limits;
  }

  @Override
  public void apply(Step step, int rows) {
    update.apply(step, rows);
    limits.apply(parameters);
  }
}
