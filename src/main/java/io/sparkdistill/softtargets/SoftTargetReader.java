package io.sparkdistill.softtargets;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.sparkdistill.examples.FeatureType;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the files that a version lists, and no others. */
public final class SoftTargetReader {
  private static final int SHOWN = 5;

  private final SparkSession spark;
  private final StageDirectory directory;
  private final LogitCodec codec;
  private final List<Integer> tensors;

  /**
   * Reads nothing yet.
   *
   * @param spark a running session
   * @param directory where the stage publishes
   * @param codec how logits are stored
   */
  public SoftTargetReader(SparkSession spark, StageDirectory directory, LogitCodec codec) {
    this(spark, directory, codec, List.of());
  }

  private SoftTargetReader(
      SparkSession spark, StageDirectory directory, LogitCodec codec, List<Integer> tensors) {
    this.spark = spark;
    this.directory = directory;
    this.codec = codec;
    this.tensors = List.copyOf(tensors);
  }

  /**
   * The same that also reads what is inside the teacher.
   *
   * @param numbers of tensors among those that are cached, from 0, in the order in which rows shall
   *     have them
   * @return a reader of these rows
   */
  public SoftTargetReader withTensors(List<Integer> numbers) {
    return new SoftTargetReader(spark, directory, codec, numbers);
  }

  /**
   * Compares every file with its checksum, on the executors, then gives the rows.
   *
   * @param index of one version whose cache holds inputs
   * @return the rows, in no promised order
   * @throws io.sparkdistill.failure.IntegrityException if a file is not what was published
   */
  public JavaRDD<SoftTarget> verified(ShardIndex index) {
    return cachedRows(index).map(row -> row.with(row.view().example().features()));
  }

  /**
   * Compares every file with its checksum, then gives the rows with inputs from where they came.
   *
   * @param index of one version whose cache holds no inputs
   * @param inputs finds them
   * @return the rows, in no promised order
   * @throws io.sparkdistill.failure.IntegrityException if a file is not what was published; when
   *     rows are read, if an input is not what the teacher was shown
   */
  public JavaRDD<SoftTarget> verified(ShardIndex index, InputJoin inputs) {
    return inputs.join(cachedRows(index));
  }

  private JavaRDD<CachedRow> cachedRows(ShardIndex index) {
    requireAsPublished(index);
    RowLayout layout = new RowLayout(codec, index.features(), 0);
    StructType schema = layout.schema();
    for (int number : tensors) {
      schema = schema.add(RowLayout.intermediateName(number), DataTypes.BinaryType);
    }
    int count = tensors.size();
    return internalRows(table(index, schema), layout)
        .map(row -> SoftTargetColumns.cachedRow(row, layout, count));
  }

  private void requireAsPublished(ShardIndex index) {
    differences(index.files()).stream()
        .findFirst()
        .ifPresent(
            difference -> {
              throw directory.differs(difference.file(), difference.text());
            });
  }

  /** Compares every file with its checksum, then gives the columns as they are but for inputs. */
  Dataset<Row> verifiedTable(ShardIndex index) {
    requireAsPublished(index);
    RowLayout layout = layout(index);
    return withFloats(table(index, layout.schema()), layout);
  }

  RowLayout layout(ShardIndex index) {
    return new RowLayout(codec, index.features(), index.intermediates());
  }

  /**
   * What is wrong with published files.
   *
   * @param files some that a version lists
   * @return those that are gone, or are not what was published
   */
  public List<Difference> differences(List<PublishedFile> files) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> conf =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    String root = directory.root().toString();
    try {
      return context
          .parallelize(files, Math.max(1, Math.min(files.size(), 1024)))
          .map(file -> difference(file, root, conf))
          .filter(difference -> !difference.text().isEmpty())
          .collect();
    } finally {
      conf.destroy();
    }
  }

  /**
   * A file that is not what was published.
   *
   * @param file which
   * @param text what is wrong with it
   */
  public record Difference(PublishedFile file, String text) implements Serializable {}

  /**
   * Counts the rows in the files, and looks for ids that stand twice in one view.
   *
   * @param index of one version, perhaps not published yet
   * @return what was read
   */
  public IdCensus census(ShardIndex index) {
    IdHashes.Count found = count(index);
    if (!found.twice()) {
      return new IdCensus(found.rows(), List.of());
    }
    // Rare enough to be slow, and exact: two hashes may be equal where ids are not.
    Dataset<Row> ids = table(index, layout(index).schema());
    return new IdCensus(
        found.rows(),
        ids
            .groupBy("id", "view")
            .count()
            .where(col("count").gt(1))
            .groupBy("id")
            .agg(max("count"))
            .orderBy("id")
            .takeAsList(SHOWN)
            .stream()
            .map(row -> "'" + row.getString(0) + "' stands " + row.getLong(1) + " times")
            .toList());
  }

  private IdHashes.Count count(ShardIndex index) {
    List<Path> files = index.files().stream().map(directory::path).toList();
    try {
      return IdHashes.count(spark, files, index.rows());
    } catch (Exception e) {
      // What a reader says of a file that was damaged since does not say that it is ours.
      requireAsPublished(index);
      throw e;
    }
  }

  /**
   * What was found when ids were counted.
   *
   * @param rows in the files
   * @param twice some ids that are not unique, for people
   */
  public record IdCensus(long rows, List<String> twice) {}

  JavaRDD<InternalRow> internalRows(ShardIndex index, RowLayout layout) {
    return internalRows(table(index, layout.schema()), layout);
  }

  private static JavaRDD<InternalRow> internalRows(Dataset<Row> rows, RowLayout layout) {
    return withFloats(rows, layout).queryExecution().toRdd().toJavaRDD();
  }

  /** Inputs, where they are stored, as the teacher saw them. */
  private static Dataset<Row> withFloats(Dataset<Row> rows, RowLayout layout) {
    return layout.hasFeatures()
        ? rows.withColumn("features", col("features").cast(FeatureType.FLOAT.column()))
        : rows;
  }

  private Dataset<Row> table(ShardIndex index, StructType schema) {
    return spark
        .read()
        .schema(schema)
        .parquet(
            index.files().stream()
                .map(file -> Locations.literal(directory.path(file)))
                .toArray(String[]::new));
  }

  private static Difference difference(
      PublishedFile file, String root, Broadcast<SerializableConfiguration> conf)
      throws IOException {
    StageDirectory directory = StageDirectory.at(new Path(root), conf.value().value());
    Optional<String> text = directory.difference(file);
    return new Difference(file, text.orElse(""));
  }
}
