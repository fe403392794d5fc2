package io.sparkdistill.export;

/**
 * The values of a tensor that 256 steps are to cover.
 *
 * @param least at most 0
 * @param most at least 0
 */
record ValueRange(float least, float most) {
  private static final int STEPS = 255;

  /** Widened to hold 0, which must be one of the steps: borders of images are filled with it. */
  ValueRange {
    least = Math.min(0, least);
    most = Math.max(0, most);
  }

  /** Length of a step. */
  float scale() {
    float scale = (most - least) / STEPS;
    return scale > 0 ? scale : 1;
  }

  /** The step that stands for 0: 0 to 255. */
  byte zeroPoint() {
    return (byte) Math.max(0, Math.min(STEPS, Math.round(-least / scale())));
  }
}
