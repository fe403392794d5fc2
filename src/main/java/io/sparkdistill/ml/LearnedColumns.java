package io.sparkdistill.ml;

import io.sparkdistill.examples.ExampleReader;
import io.sparkdistill.failure.BadInputException;
import java.util.function.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Columns that only learning needs, beside those that scoring needs as well.
 *
 * @param id of row names
 * @param label of classes
 */
record LearnedColumns(String id, String label) {
  /**
   * Refuses what labelling would refuse, before a pipeline computes anything.
   *
   * @throws BadInputException if a column is missing, or of another type
   */
  void check(StructType schema) {
    expect(schema, "idCol", id, "text or whole numbers", ExampleReader::isName);
    expect(schema, "labelCol", label, "numbers", NumericType.class::isInstance);
  }

  private static void expect(
      StructType schema, String param, String column, String expected, Predicate<DataType> usable) {
    int place =
        ColumnPlace.of(schema, column)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot learn from the rows, there is no column "
                            + column
                            + ". Their columns are: "
                            + schema.simpleString()
                            + ". Set "
                            + param
                            + " to one of them."));
    DataType type = schema.fields()[place].dataType();
    if (!usable.test(type)) {
      throw new BadInputException(
          "Cannot learn from the rows, column "
              + column
              + " has type "
              + type.simpleString()
              + " and must be "
              + expected
              + ". Set "
              + param
              + " to another one.");
    }
  }
}
