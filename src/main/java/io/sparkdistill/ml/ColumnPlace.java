package io.sparkdistill.ml;

import io.sparkdistill.failure.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds columns as Spark does where letters' case does not matter. Stateless. */
final class ColumnPlace {
  private ColumnPlace() {}

  /**
   * The place of a column: of the one that is called exactly so, or else of the one whose name
   * differs in letters' case alone.
   *
   * @return empty if there is none
   * @throws BadInputException if there are several
   */
  static Optional<Integer> of(StructType schema, String name) {
    StructField[] fields = schema.fields();
    List<Integer> exact =
        IntStream.range(0, fields.length)
            .filter(i -> fields[i].name().equals(name))
            .boxed()
            .toList();
    List<Integer> found =
        exact.isEmpty()
            ? IntStream.range(0, fields.length)
                .filter(i -> fields[i].name().equalsIgnoreCase(name))
                .boxed()
                .toList()
            : exact;
    if (found.size() > 1) {
      throw new BadInputException(
          "Cannot use column "
              + name
              + ", several are called so: "
              + Arrays.toString(schema.fieldNames())
              + ". Rename them.");
    }
    return found.stream().findFirst();
  }
}
