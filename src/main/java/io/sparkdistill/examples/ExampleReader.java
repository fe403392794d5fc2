package io.sparkdistill.examples;

import static org.apache.spark.sql.functions.col;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.diagnosis.Outages;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Unreadable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Opens a configured source and looks at its columns; reads no rows. */
public final class ExampleReader {
  private static final String ARRAY = "an array of numbers of any type but decimal";

  private final SparkSession spark;
  private final DatasetConfig dataset;
  private final Optional<String> answers;

  /**
   * Opens nothing yet.
   *
   * @param spark a running session
   * @param dataset names of the columns
   */
  public ExampleReader(SparkSession spark, DatasetConfig dataset) {
    this(spark, dataset, Optional.empty());
  }

  /**
   * The same for a teacher that has answered already.
   *
   * @param spark a running session
   * @param dataset names of the columns
   * @param answers the column of its answers
   */
  public ExampleReader(SparkSession spark, DatasetConfig dataset, Optional<String> answers) {
    this.spark = spark;
    this.dataset = dataset;
    this.answers = answers;
  }

  /**
   * Opens one source.
   *
   * @param source the training or the test part
   * @return its rows, not yet read
   * @throws BadInputException if it is missing or not to be read, or a column is missing or of an
   *     unusable type
   * @throws TransientException if a service does not answer, or a disk is full
   */
  public ExampleTable open(SourceConfig source) {
    Dataset<Row> rows = load(source);
    List<String> problems = new ArrayList<>();
    StructType schema = rows.schema();
    expect(schema, dataset.id(), "text or whole numbers", ExampleReader::isName)
        .ifPresent(problems::add);
    expect(schema, dataset.features(), ARRAY, ExampleReader::inputs).ifPresent(problems::add);
    expect(schema, dataset.label(), "whole numbers", ExampleReader::labels)
        .ifPresent(problems::add);
    answers
        .flatMap(name -> expect(schema, name, ARRAY, ExampleReader::inputs))
        .ifPresent(problems::add);
    dataset
        .weight()
        .flatMap(name -> expect(schema, name, "numbers", NumericType.class::isInstance))
        .ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new BadInputException(
          "Cannot read examples from "
              + source.display()
              + ", "
              + String.join("; ", problems)
              + ". Its columns are: "
              + schema.simpleString()
              + ". Correct dataset.id, dataset.features and dataset.label"
              + dataset.weight().map(name -> ", dataset.weight").orElse("")
              + answers.map(name -> ", the teacher's column").orElse("")
              + ", or the data.");
    }
    List<Column> columns = new ArrayList<>();
    columns.add(quoted(dataset.id()).cast(DataTypes.StringType).as(ExampleTable.ID));
    columns.add(floats(dataset.features()).as(ExampleTable.FEATURES));
    columns.add(quoted(dataset.label()).cast(DataTypes.DoubleType).as(ExampleTable.LABEL));
    answers.ifPresent(name -> columns.add(floats(name).as(ExampleTable.ANSWER)));
    dataset
        .weight()
        .ifPresent(
            name -> columns.add(quoted(name).cast(DataTypes.DoubleType).as(ExampleTable.WEIGHT)));
    return new ExampleTable(
        source,
        rows.select(columns.toArray(new Column[0])),
        FeatureType.of(rows.select(quoted(dataset.features())).schema().fields()[0].dataType()));
  }

  /** All columns of a source. */
  Dataset<Row> load(SourceConfig source) {
    try {
      if (source instanceof SourceConfig.Files files) {
        Path path = existing(files);
        if (files.format().equals(SourceConfig.IDX)) {
          return new IdxTable(spark, dataset).open(path);
        }
        return spark.read().format(files.format()).load(Locations.literal(path));
      }
      return spark.read().table(((SourceConfig.Table) source).name());
    } catch (Exception e) {
      Optional<TransientException> outage = Outages.behind(e);
      if (outage.isPresent()) {
        throw outage.get();
      }
      // Spark throws its checked AnalysisException without declaring it.
      if (e instanceof AnalysisException
          || e.getCause() instanceof SparkException
          || e instanceof SparkException) {
        throw unreadable(source, e);
      }
      throw e;
    } catch (AssertionError e) {
      // So Spark says that folders are no partitions of one table.
      throw unreadable(source, e);
    }
  }

  private Path existing(SourceConfig.Files files) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    Path path = Locations.resolve(files.path(), conf);
    try {
      if (!Locations.fileSystem(path, conf).exists(path)) {
        throw new BadInputException(
            "Cannot read examples from "
                + Locations.display(path)
                + ", there is no such file or folder. Correct the path, or create the data.");
      }
      return path;
    } catch (IOException e) {
      throw Unreadable.because(
          "read examples from " + Locations.display(path), "Correct the path.", e);
    }
  }

  private static BadInputException unreadable(SourceConfig source, Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason =
        String.valueOf(root.getMessage())
            .lines()
            .map(line -> line.replaceFirst("^assertion failed: ", ""))
            .filter(line -> !line.isBlank())
            .findFirst()
            .orElse("");
    return new BadInputException(
        "Cannot read examples from "
            + source.display()
            + ", Spark cannot read it: "
            + Secrets.mask(reason)
            + ". Correct the path, table or format, or the data.",
        e);
  }

  private interface Usable {
    boolean test(DataType type);
  }

  private Optional<String> expect(
      StructType schema, String column, String expected, Usable usable) {
    Optional<StructField> field = field(schema, column);
    if (field.isEmpty()) {
      return Optional.of("there is no column " + column);
    }
    DataType type = field.get().dataType();
    return usable.test(type)
        ? Optional.empty()
        : Optional.of(
            "column " + column + " has type " + type.simpleString() + " and must be " + expected);
  }

  /** As Spark will find it. */
  private Optional<StructField> field(StructType schema, String column) {
    boolean exact = spark.sessionState().conf().caseSensitiveAnalysis();
    return Arrays.stream(schema.fields())
        .filter(
            field -> exact ? field.name().equals(column) : field.name().equalsIgnoreCase(column))
        .findFirst();
  }

  /**
   * Whether a column may hold ids.
   *
   * @param type of the column
   * @return true for text and whole numbers
   */
  public static boolean isName(DataType type) {
    return type instanceof StringType || type instanceof IntegralType;
  }

  private static boolean inputs(DataType type) {
    return type instanceof ArrayType array
        && array.elementType() instanceof NumericType
        && !(array.elementType() instanceof DecimalType);
  }

  private static boolean labels(DataType type) {
    return type instanceof NumericType;
  }

  private static Column floats(String column) {
    return quoted(column).cast(DataTypes.createArrayType(DataTypes.FloatType));
  }

  /**
   * A column by its name, whatever stands in it.
   *
   * @param column as a schema has it
   * @return for a selection
   */
  public static Column quoted(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }
}
