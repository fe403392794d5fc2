package io.sparkdistill.config;

/**
 * How a student is made smaller once more.
 *
 * @param prune share of its parameters that go with whole units; 0 for none
 * @param epochs that what is left is distilled again
 * @param quantise how weights become bytes
 * @param calibrationRows training rows that show which values tensors take
 */
public record CompressConfig(double prune, int epochs, Quantise quantise, int calibrationRows) {
  /** How weights become bytes. */
  public enum Quantise {
    /** Not at all. */
    NONE,
    /** With steps of tensors that are chosen before. */
    INT8,
    /** With steps of tensors that each batch chooses. */
    INT8_DYNAMIC
  }

  /**
   * Whether units go.
   *
   * @return false for the student as it was trained
   */
  public boolean prunes() {
    return prune > 0;
  }

  /**
   * Whether there are students in int8.
   *
   * @return false where all are in float32
   */
  public boolean quantises() {
    return quantise != Quantise.NONE;
  }

  /**
   * Whether training rows are asked for.
   *
   * @return false where steps are not chosen before
   */
  public boolean calibrates() {
    return quantise == Quantise.INT8;
  }

  /**
   * How students are quantised, as it is configured.
   *
   * @return such as {@code int8-dynamic}
   */
  public String quantiseName() {
    return Spelling.of(quantise);
  }
}
