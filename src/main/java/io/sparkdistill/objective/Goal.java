package io.sparkdistill.objective;

import java.io.Serializable;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * What a training minimises: one objective, or those of several heads together. Immutable and
 * thread-safe; can be serialised by Java, and as JSON.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
public sealed interface Goal extends Serializable permits Objective, JointObjective {
  /**
   * Something that computes it, again and again.
   *
   * @return with memory of its own
   */
  Evaluator evaluator();

  /**
   * How a row's logits belong together: each of these has a label of its own.
   *
   * @param logits of a row
   * @return numbers of logits that stand side by side, with the sum {@code logits}
   */
  List<Integer> classes(int logits);
}
