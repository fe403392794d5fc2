package io.sparkdistill.examples;

import static org.apache.spark.sql.functions.expr;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.SlicesConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.storage.Sha256;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which slices the rows of the test set are in, read from where they come. A filter that is null
 * for a row does not hold.
 */
public final class SliceTable {
  private final String source;
  private final Names names;
  private final Dataset<Row> rows;

  private SliceTable(String source, Names names, Dataset<Row> rows) {
    this.source = source;
    this.names = names;
    this.rows = rows;
  }

  /**
   * Opens the test set; reads no rows.
   *
   * @param spark a running session
   * @param dataset where it is, and its column of ids
   * @param slices what is asked of its columns
   * @return the table
   * @throws BadInputException if it is missing, or Spark understands a filter or a column not, with
   *     all of those
   */
  public static SliceTable open(SparkSession spark, DatasetConfig dataset, SlicesConfig slices) {
    Dataset<Row> table = new ExampleReader(spark, dataset).load(dataset.test());
    List<String> problems = new ArrayList<>();
    for (SlicesConfig.Filter filter : slices.filters()) {
      problem(table, filter)
          .ifPresent(text -> problems.add("evaluation.slices." + filter.name() + ": " + text));
    }
    for (String column : slices.columns()) {
      analysed(() -> table.select(ExampleReader.quoted(column).cast(DataTypes.StringType)))
          .problem()
          .ifPresent(text -> problems.add("evaluation.sliceBy: " + text));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(
          "Cannot slice the test set "
              + dataset.test().display()
              + ", "
              + String.join("; ", problems)
              + ". Its columns are: "
              + table.schema().simpleString()
              + ". Correct evaluation.slices and evaluation.sliceBy.");
    }
    return new SliceTable(
        dataset.test().display(),
        Names.of(slices),
        table.select(columns(dataset, slices).toArray(new Column[0])));
  }

  private static List<Column> columns(DatasetConfig dataset, SlicesConfig slices) {
    List<Column> columns = new ArrayList<>();
    columns.add(ExampleReader.quoted(dataset.id()).cast(DataTypes.StringType).as("id"));
    for (SlicesConfig.Filter filter : slices.filters()) {
      columns.add(expr(filter.sql()).as("slice_" + columns.size()));
    }
    for (String column : slices.columns()) {
      columns.add(
          ExampleReader.quoted(column).cast(DataTypes.StringType).as("slice_" + columns.size()));
    }
    return columns;
  }

  private static Optional<String> problem(Dataset<Row> table, SlicesConfig.Filter filter) {
    Analysed analysed = analysed(() -> table.select(expr(filter.sql())));
    if (analysed.problem().isPresent()) {
      return analysed.problem();
    }
    Dataset<Row> selected = analysed.rows().orElseThrow();
    if (!(selected.schema().fields()[0].dataType() instanceof BooleanType)) {
      return Optional.of(
          "expected a filter, found an expression of type "
              + selected.schema().fields()[0].dataType().simpleString());
    }
    // Rows would be in another slice each time that they are read.
    if (!Repeatable.is(filter.sql(), selected.queryExecution().analyzed())) {
      return Optional.of("expected a filter that says the same each time");
    }
    // By itself an aggregate gives one row for all, and a generator several for one.
    return analysed(() -> table.where(expr(filter.sql()))).problem();
  }

  private record Analysed(Optional<Dataset<Row>> rows, Optional<String> problem) {}

  private static Analysed analysed(Supplier<Dataset<Row>> made) {
    try {
      return new Analysed(Optional.of(made.get()), Optional.empty());
    } catch (Exception e) {
      // Spark throws its checked AnalysisException without declaring it.
      if (e instanceof AnalysisException) {
        String text = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
        return new Analysed(Optional.empty(), Optional.of("Spark does not take it: " + text));
      }
      throw e;
    }
  }

  /**
   * What messages call the place of the test set.
   *
   * @return its path or table
   */
  public String source() {
    return source;
  }

  /**
   * Slices that are there though they may have no rows.
   *
   * @return those of filters, in their order
   */
  public List<SliceKey> filters() {
    return names.filters();
  }

  /**
   * All rows that have an id.
   *
   * @return in no promised order
   */
  public JavaRDD<SlicedId> rows() {
    Names own = names;
    return rows.toJavaRDD().filter(row -> !row.isNullAt(0)).map(own::read);
  }

  /**
   * Reads ids and slices, and nothing else. One Spark job.
   *
   * @return a digest of them, whatever their order and files
   */
  public String sha256() {
    return rows()
        .mapPartitions(SliceTable::digest)
        .fold(
            new MultisetDigest(),
            (sum, part) -> {
              sum.addAll(part);
              return sum;
            })
        .hex();
  }

  private static Iterator<MultisetDigest> digest(Iterator<SlicedId> rows) {
    MessageDigest sha256 = Sha256.digest();
    MultisetDigest digest = new MultisetDigest();
    rows.forEachRemaining(
        row -> {
          add(sha256, row.id());
          row.slices().forEach(slice -> add(sha256, slice.place() + " " + slice.name()));
          digest.add(sha256.digest());
        });
    return List.of(digest).iterator();
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  /** What a row's columns behind the id mean. */
  private record Names(ArrayList<SliceKey> filters, ArrayList<String> columns)
      implements Serializable {
    static Names of(SlicesConfig slices) {
      ArrayList<SliceKey> filters = new ArrayList<>();
      slices.filters().forEach(filter -> filters.add(new SliceKey(filters.size(), filter.name())));
      return new Names(filters, new ArrayList<>(slices.columns()));
    }

    SlicedId read(Row row) {
      List<SliceKey> slices = new ArrayList<>();
      for (SliceKey filter : filters) {
        int column = 1 + filter.place();
        if (!row.isNullAt(column) && row.getBoolean(column)) {
          slices.add(filter);
        }
      }
      for (int i = 0; i < columns.size(); i++) {
        int place = filters.size() + i;
        String value = row.isNullAt(1 + place) ? " is null" : " = " + row.getString(1 + place);
        slices.add(new SliceKey(place, columns.get(i) + value));
      }
      return new SlicedId(row.getString(0), slices);
    }
  }
}
