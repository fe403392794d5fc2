package io.sparkdistill.config;

import java.util.List;

/**
 * How a student is exported.
 *
 * @param onnx whether it is, as ONNX
 * @param head what the file gives
 * @param timing how its latency is measured
 */
public record ExportConfig(boolean onnx, Head head, Timing timing) {
  /** What a file gives for a row. */
  public enum Head {
    /** Logits. */
    LOGITS,
    /** Their softmax. */
    PROBABILITIES
  }

  /**
   * How latencies are measured.
   *
   * @param seconds for each model and batch; 0 for no measurement
   * @param batches rows of each batch
   */
  public record Timing(double seconds, List<Integer> batches) {
    /** Copies the list. */
    public Timing {
      batches = List.copyOf(batches);
    }

    /**
     * Whether nothing is measured.
     *
     * @return true where sizes alone are told
     */
    public boolean isOff() {
      return seconds == 0 || batches.isEmpty();
    }

    /**
     * All that decides what is measured.
     *
     * @return such as {@code 0.5 s, [1, 256]}, or {@code none}
     */
    public String description() {
      return isOff() ? "none" : seconds + " s, " + batches;
    }
  }
}
