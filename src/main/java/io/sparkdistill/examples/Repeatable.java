package io.sparkdistill.examples;

import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Whether conditions of Spark SQL say the same of the same rows another time. */
public final class Repeatable {
  private static final String MOMENTS = "\\s*(now|today|tomorrow|yesterday)\\b";

  /** What Spark takes for the day or the time where text becomes a date or a timestamp. */
  private static final Pattern MOMENT = Pattern.compile("(?is)" + MOMENTS + ".*");

  /** The parser leaves a plain date of these. */
  private static final Pattern LITERAL =
      Pattern.compile("(?i)\\b(date|timestamp(_ltz|_ntz)?)\\s*['\"]" + MOMENTS);

  private Repeatable() {}

  /**
   * Looks for what is drawn, and at the uppermost step for what depends on the day or the user, and
   * for other tables. Steps below it are how the rows come to be, and not the condition.
   *
   * @param condition as the user gave it
   * @param plan of the condition, analysed, with it uppermost
   * @return false if it might say something else
   */
  public static boolean is(String condition, LogicalPlan plan) {
    return plan.deterministic()
        && !LITERAL.matcher(condition).find()
        && plan.expressions()
            .forall(
                expression ->
                    !expression.containsPattern(TreePattern.CURRENT_LIKE())
                        && !expression.containsPattern(TreePattern.PLAN_EXPRESSION())
                        && !expression.exists(Repeatable::isMoment));
  }

  /** Becomes a date or a timestamp of the run only after the analysis, by a cast or a function. */
  private static boolean isMoment(Expression expression) {
    return isTime(expression.dataType()) && expression.children().exists(Repeatable::isWord);
  }

  private static boolean isWord(Expression expression) {
    return expression.dataType().equals(DataTypes.StringType)
        && expression.foldable()
        && MOMENT.matcher(String.valueOf(expression.eval(null))).matches();
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }
}
