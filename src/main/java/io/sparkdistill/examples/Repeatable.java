package io.sparkdistill.examples;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;

/** Whether conditions of Spark SQL say the same of the same rows another time. */
public final class Repeatable {
  private Repeatable() {}

  /**
   * Looks for what is drawn, and at the uppermost step for what depends on the day or the user, and
   * for other tables. Steps below it are how the rows come to be, and not the condition.
   *
   * @param plan analysed, with the condition uppermost
   * @return false if it might say something else
   */
  public static boolean is(LogicalPlan plan) {
    return plan.deterministic()
        && plan.expressions()
            .forall(
                expression ->
                    !expression.containsPattern(TreePattern.CURRENT_LIKE())
                        && !expression.containsPattern(TreePattern.PLAN_EXPRESSION()));
  }
}
