package io.sparkdistill.ml;

import io.sparkdistill.failure.BadInputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which column is read, and which are added. As in Spark ML, a column without a name is not added.
 *
 * @param features a vector, or an array of numbers
 * @param prediction the class, a double
 * @param probability a vector of C probabilities
 * @param rawPrediction a vector of C logits
 */
record ScoreColumns(String features, String prediction, String probability, String rawPrediction)
    implements Serializable {
  /**
   * The columns after scoring.
   *
   * @param schema the columns before
   * @return with what is added at the end
   * @throws BadInputException if a column is missing, of another type, or there already
   */
  StructType append(StructType schema) {
    features(schema);
    StructType all = schema;
    for (StructField field : added()) {
      if (find(all, field.name()).isPresent()) {
        throw new BadInputException(
            "Cannot score rows, there is a column of the name already: "
                + field.name()
                + ". Give what is added another name, or none.");
      }
      all = all.add(field);
    }
    return all;
  }

  /** The place of the features among the columns. */
  int features(StructType schema) {
    int place =
        ColumnPlace.of(schema, features)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot score rows, there is no column "
                            + features
                            + ". Its columns are: "
                            + schema.simpleString()
                            + ". Set featuresCol to one of them."));
    DataType type = schema.fields()[place].dataType();
    if (!isUsable(type)) {
      throw new BadInputException(
          "Cannot score rows, column "
              + features
              + " has type "
              + type.simpleString()
              + " and must be a vector or an array of numbers. Set featuresCol to another one.");
    }
    return place;
  }

  /** What is added to a row, in the order of {@link #append}. */
  Object[] values(Scores scores) {
    return Stream.of(
            value(prediction, (double) scores.prediction()),
            value(probability, Vectors.dense(scores.probabilities())),
            value(rawPrediction, Vectors.dense(scores.raw())))
        .flatMap(Optional::stream)
        .toArray();
  }

  private static Optional<Object> value(String column, Object value) {
    return column.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private List<StructField> added() {
    List<StructField> fields = new ArrayList<>();
    add(prediction, DataTypes.DoubleType, fields);
    add(probability, SQLDataTypes.VectorType(), fields);
    add(rawPrediction, SQLDataTypes.VectorType(), fields);
    return fields;
  }

  private static void add(String name, DataType type, List<StructField> fields) {
    if (!name.isEmpty()) {
      fields.add(DataTypes.createStructField(name, type, false));
    }
  }

  static boolean isUsable(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array
            && array.elementType() instanceof NumericType
            && !(array.elementType() instanceof DecimalType));
  }

  private static Optional<StructField> find(StructType schema, String name) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
