package io.sparkdistill.ml;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** A published student in Spark SQL. Stateless and thread-safe. */
public final class StudentFunctions {
  /** What follows a function's name in that of the function for probabilities. */
  public static final String PROBABILITIES = "_probabilities";

  private StudentFunctions() {}

  /**
   * Makes two functions known to a session's SQL. With the name {@code student}: {@code
   * student(features)} is the most probable class, an integer, and {@code
   * student_probabilities(features)} the probabilities of all classes, an array of floats. Features
   * are an array of numbers, or a vector of MLlib; null gives null. Rows are scored one by one: for
   * whole tables {@link StudentModel} is faster.
   *
   * @param spark a running session
   * @param name of the first function
   * @param place as for {@link StudentModel#open}; what is released there later is not seen
   * @throws io.sparkdistill.failure.BadInputException if there is no student
   * @throws io.sparkdistill.failure.IntegrityException if it holds anything but a student, or is
   *     not what was published
   */
  public static void register(SparkSession spark, String name, String place) {
    PackedStudent student = PackedStudent.read(place, spark.sparkContext().hadoopConfiguration());
    RowScorer scorer =
        new RowScorer(
            student.name(),
            new FeatureValues("argument of " + name, student.width()),
            JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(student.zip()));
    spark
        .udf()
        .register(
            name,
            (UDF1<Object, Integer>)
                features -> features == null ? null : scorer.score(features).prediction(),
            DataTypes.IntegerType);
    spark
        .udf()
        .register(
            name + PROBABILITIES,
            (UDF1<Object, float[]>)
                features -> features == null ? null : floats(scorer.score(features)),
            DataTypes.createArrayType(DataTypes.FloatType, false));
  }

  private static float[] floats(Scores scores) {
    double[] values = scores.probabilities();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
