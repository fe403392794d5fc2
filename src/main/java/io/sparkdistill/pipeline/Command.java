package io.sparkdistill.pipeline;

/** What a user may ask for. */
public enum Command {
  /** Every stage that is not up to date. */
  RUN,
  /** The teacher's answers on training and test set. */
  LABEL,
  /** Student and baseline, from published soft targets. */
  TRAIN,
  /** Students as ONNX files, from published students. */
  EXPORT,
  /** Metrics, from published students. */
  EVALUATE,
  /** The student for others, from published metrics. */
  RELEASE
}
