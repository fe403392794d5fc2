package io.sparkdistill.ml;

import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.sparkdistill.examples.ExampleReader;
import io.sparkdistill.examples.MultisetDigest;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.OnceFiles;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.storage.Unreadable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of a program as a table that the pipeline can read: Parquet below the output, in a folder
 * that is named by a digest of the rows. The same rows, in whatever order and partitions, are
 * written once; with other rows, those that were there before go. The output's lock must be held.
 */
final class GivenRows {
  private static final String FOLDER = "sparkdistill_rows=";

  private final Path root;
  private final FileSystem fs;

  /** Names of folders that were written to the end. Spark does not read what begins with "_". */
  private final OnceFiles complete;

  /**
   * Writes nothing yet.
   *
   * @param root qualified; holds nothing else
   * @param conf where file systems are configured
   */
  GivenRows(Path root, Configuration conf) {
    this.root = root;
    this.fs = Locations.fileSystem(root, conf);
    this.complete = new OnceFiles(new Path(root, "_complete"), conf);
  }

  /**
   * Makes the table hold these rows and no others. One Spark job over the rows and, where they are
   * others than before, one that writes them and one that reads what was written.
   *
   * @param given any
   * @param columns that are kept; those of vectors become arrays of numbers
   * @throws BadInputException if a column is missing, or rows are others each time
   */
  void store(Dataset<?> given, Set<String> columns) {
    Dataset<Row> rows =
        given.select(columns.stream().map(name -> column(given, name)).toArray(Column[]::new));
    String digest = digest(rows);
    String name = FOLDER + Sha256.of(digest + columns(rows.schema())).substring(0, 32);
    if (!complete.names().contains(name)) {
      write(rows, digest, new Path(root, name));
      complete.create(name, new byte[0]);
    }
    removeOthers(name);
  }

  private static void write(Dataset<Row> rows, String digest, Path folder) {
    rows.write().mode("overwrite").parquet(folder.toString());
    String written =
        digest(rows.sparkSession().read().schema(rows.schema()).parquet(Locations.literal(folder)));
    if (!written.equals(digest)) {
      throw new BadInputException(
          "Cannot learn from the rows, they are others each time they are computed: digest "
              + digest
              + ", and "
              + written
              + " when they were written. Write or cache them first, or take out what is random.");
    }
  }

  /** Without what a file forgets: whether there may be nulls, and what else columns carry. */
  private static String columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .collect(Collectors.joining("\n"));
  }

  private static Column column(Dataset<?> given, String name) {
    int place =
        ColumnPlace.of(given.schema(), name)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot learn from the rows, there is no column "
                            + name
                            + ". Their columns are: "
                            + given.schema().simpleString()
                            + ". Set idCol, featuresCol and labelCol to columns that they have."));
    StructField field = given.schema().fields()[place];
    Column column = ExampleReader.quoted(field.name());
    return field.dataType().equals(SQLDataTypes.VectorType())
        // Spark's function fails where there is no vector; such a row is a bad one, as others are.
        ? when(column.isNotNull(), functions.vector_to_array(column, "float32")).as(name)
        : column.as(name);
  }

  /** Numbers are written to JSON so that no two different ones are the same. */
  private static String digest(Dataset<Row> rows) {
    Column json =
        to_json(
            struct(
                Arrays.stream(rows.columns()).map(ExampleReader::quoted).toArray(Column[]::new)));
    MultisetDigest digest =
        rows.select(sha2(json, 256))
            .toJavaRDD()
            .mapPartitions(
                part -> {
                  MultisetDigest sum = new MultisetDigest();
                  part.forEachRemaining(row -> sum.add(HexFormat.of().parseHex(row.getString(0))));
                  return List.of(sum).iterator();
                })
            .fold(
                new MultisetDigest(),
                (a, b) -> {
                  a.addAll(b);
                  return a;
                });
    return digest.hex();
  }

  private void removeOthers(String name) {
    // A folder is only there to the end while its name is.
    complete.names().stream().filter(other -> !other.equals(name)).forEach(complete::remove);
    try {
      for (FileStatus status : fs.listStatus(root)) {
        String other = status.getPath().getName();
        if (other.startsWith(FOLDER) && !other.equals(name)) {
          fs.delete(status.getPath(), true);
        }
      }
    } catch (IOException e) {
      throw Unreadable.failed(root, e);
    }
  }
}
