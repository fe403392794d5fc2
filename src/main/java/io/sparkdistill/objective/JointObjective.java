package io.sparkdistill.objective;

import io.sparkdistill.config.ObjectiveConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What a student of several heads minimises: the weighted sum of each head's objective on the
 * head's own logits, as Caruana, "Multitask Learning" (1997), trains tasks over one hidden layer.
 * With a the weights of heads,
 *
 * <pre>
 * loss = Σ a[head] loss[head](z[head], v[head], label[head])
 * </pre>
 *
 * <p>A row that a head does not know has the weight 0 there: its label and its loss are left out of
 * that head, and the others learn from it.
 *
 * @param heads in the order of their logits, at least one
 */
public record JointObjective(@JsonProperty("heads") List<Head> heads) implements Goal {
  /** Copies the heads into a plain list, because they travel by Java serialization. */
  public JointObjective {
    heads = new ArrayList<>(heads);
  }

  /**
   * What one head minimises.
   *
   * @param name of it, for people
   * @param classes number of its logits
   * @param weight a, greater than 0
   * @param objective of its own logits
   */
  public record Head(
      @JsonProperty("name") String name,
      @JsonProperty("classes") int classes,
      @JsonProperty("weight") double weight,
      @JsonProperty("objective") Objective objective)
      implements Serializable {}

  /**
   * What one head shall minimise.
   *
   * @param name of it, for people
   * @param classes number of its logits
   * @param weight a, greater than 0
   * @param objective kind and parameters; weights of classes as numbers
   */
  public record Plan(String name, int classes, double weight, ObjectiveConfig objective) {}

  /**
   * For a student that has several heads.
   *
   * @param heads in the order of their logits
   * @return their objectives together
   */
  public static GoalPlan of(List<Plan> heads) {
    List<Plan> plans = List.copyOf(heads);
    return (epochs, steps) ->
        new JointObjective(
            plans.stream()
                .map(
                    plan ->
                        new Head(
                            plan.name(),
                            plan.classes(),
                            plan.weight(),
                            Objective.of(plan.objective(), epochs, steps)))
                .toList());
  }

  @Override
  public Evaluator evaluator() {
    return new JointEvaluator(this);
  }

  @Override
  public List<Integer> classes(int logits) {
    return heads.stream().map(Head::classes).toList();
  }
}
