package io.sparkdistill.training.rows;

import io.sparkdistill.config.TransferSetConfig;
import io.sparkdistill.examples.Repeatable;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.softtargets.HeldOut;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple4;

/**
 * Which rows of the cache a student learns from. What is left out stays in the cache, so that one
 * labelling serves every choice; a filter of the data set would ask the teacher for each of them.
 * Immutable.
 */
public final class ChosenRows {
  private static final String WHERE = "training.transferSet.where";
  private static final String ROW = "row";
  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("view", DataTypes.IntegerType, false)
          .add("label", DataTypes.IntegerType, true);

  private final SparkSession spark;
  private final TransferSetConfig choice;

  private ChosenRows(SparkSession spark, TransferSetConfig choice) {
    this.spark = spark;
    this.choice = choice;
  }

  /**
   * Looks at the condition, and at no rows yet.
   *
   * @param spark a running session
   * @param choice which rows
   * @return ready to choose
   * @throws InvalidConfigurationException if the condition is none, or might choose other rows
   *     another time
   */
  public static ChosenRows of(SparkSession spark, TransferSetConfig choice) {
    choice.where().ifPresent(where -> requireRepeatable(where, analysed(spark, where)));
    return new ChosenRows(spark, choice);
  }

  /**
   * Those that are chosen.
   *
   * @param rows of the cache, with all that they carry
   * @return the same rows where all are chosen
   * @throws BadInputException if none is left
   */
  public JavaRDD<SoftTarget> among(JavaRDD<SoftTarget> rows) {
    if (!choice.leavesOut()) {
      return rows;
    }
    JavaRDD<SoftTarget> chosen =
        shared(choice.where().map(where -> where(where, rows)).orElse(rows));
    if (chosen.isEmpty()) {
      throw new BadInputException(
          "Cannot train on no rows, training.transferSet leaves out all of them: "
              + choice.choice()
              + ". Widen it.");
    }
    return chosen;
  }

  private JavaRDD<SoftTarget> shared(JavaRDD<SoftTarget> rows) {
    if (choice.fraction() == 1) {
      return rows;
    }
    HeldOut share = HeldOut.forTransferSet(choice.fraction());
    return rows.filter(share::holds);
  }

  /** Rows travel through Spark SQL as bytes beside the columns that a condition may name. */
  private JavaRDD<SoftTarget> where(String condition, JavaRDD<SoftTarget> rows) {
    Encoder<SoftTarget> whole = Encoders.javaSerialization(SoftTarget.class);
    Encoder<Tuple4<String, Integer, Integer, SoftTarget>> beside =
        Encoders.tuple(Encoders.STRING(), Encoders.INT(), Encoders.INT(), whole);
    return spark
        .createDataset(
            rows.map(row -> new Tuple4<>(row.id(), row.view(), label(row), row)).rdd(), beside)
        .toDF("id", "view", "label", ROW)
        .where(condition)
        .select(ROW)
        .as(whole)
        .toJavaRDD();
  }

  /** As Spark SQL knows what nobody knows. */
  private static Integer label(SoftTarget row) {
    return row.isLabelled() ? Integer.valueOf(row.label()) : null;
  }

  private static LogicalPlan analysed(SparkSession spark, String where) {
    try {
      return spark
          .createDataFrame(List.<Row>of(), COLUMNS)
          .where(where)
          .queryExecution()
          .analyzed();
    } catch (Exception e) {
      // Spark throws its checked AnalysisException without declaring it.
      if (e instanceof AnalysisException) {
        throw new InvalidConfigurationException(
            "Cannot use "
                + WHERE
                + ", it is no condition on id, view and label: "
                + where
                + ". Correct it; Spark says: "
                + String.valueOf(e.getMessage()).strip().lines().findFirst().orElse(""),
            e);
      }
      throw e;
    }
  }

  private static void requireRepeatable(String where, LogicalPlan plan) {
    if (!Repeatable.is(where, plan)) {
      throw new InvalidConfigurationException(
          "Cannot use "
              + WHERE
              + ", it may choose other rows another time: "
              + where
              + ". Give a condition on id, view and label alone; training.transferSet.fraction"
              + " chooses a share of the rows.");
    }
  }
}
