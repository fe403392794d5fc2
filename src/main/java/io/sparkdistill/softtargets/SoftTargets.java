package io.sparkdistill.softtargets;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.softtargets.codec.CodecNames;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.softtargets.codec.PackedCodec;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.VersionHold;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * One version of a cache, read outside of the pipeline. While it is open, prune leaves the version;
 * a small file below the cache says so, which this writes. Who may only read goes without, and is
 * warned in the log: then prune may take the version away. Immutable and thread-safe; may be closed
 * from any thread.
 */
public final class SoftTargets implements AutoCloseable {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

  private final CacheDirectory cache;
  private final Manifest manifest;
  private final SoftTargetReader reader;
  private final LogitCodec codec;
  private final ShardIndex index;
  private final CacheReport report;
  private final Optional<VersionHold> hold;

  private SoftTargets(
      SparkSession spark,
      CacheDirectory cache,
      Manifest manifest,
      ShardIndex index,
      CacheReport report,
      Optional<VersionHold> hold) {
    this.cache = cache;
    this.manifest = manifest;
    this.codec = CodecNames.parse(report.codec(), report.classes());
    this.reader = cache.reader(spark, codec);
    this.index = index;
    this.report = report;
    this.hold = hold;
  }

  /**
   * Opens the newest version, of which this keeps to reading when others are published.
   *
   * @param spark a running session
   * @param place the folder {@code soft-targets} or {@code test-targets} of an output: any Hadoop
   *     URI
   * @return to be closed when the last row was read
   * @throws BadInputException if no soft targets are published there
   * @throws IntegrityException if the version's list of files is not what was published, or of a
   *     format that this build does not read
   * @throws TransientException if the version was pruned in the meantime, or the file system fails
   */
  public static SoftTargets open(SparkSession spark, String place) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    Path path = Locations.resolve(place, conf);
    StageDirectory directory = StageDirectory.at(path, conf);
    CacheDirectory cache = new CacheDirectory(directory, conf);
    Manifest manifest =
        cache
            .published()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot read soft targets, none are published there: "
                            + Locations.display(path)
                            + ". Give the folder soft-targets of an output."));
    Optional<VersionHold> hold = cache.holdIfAllowed(manifest, "SoftTargets");
    try {
      ShardIndex index = cache.unlessPruned(manifest, "read", () -> cache.index(manifest));
      CacheReport report = CacheReport.of(manifest, index, directory.versions());
      return new SoftTargets(spark, cache, manifest, index, report, hold);
    } catch (RuntimeException e) {
      hold.ifPresent(VersionHold::close);
      throw e;
    }
  }

  /**
   * What is known of the version without its rows: teacher, codec, classes, names of inner tensors.
   *
   * @return the same as {@code inspect} shows
   */
  public CacheReport report() {
    return report;
  }

  /**
   * The rows of the files that the version lists. Their checksums are compared first, by a Spark
   * job that reads all of them; the rows are read, as ever in Spark, when they are asked for, which
   * must be before this is closed.
   *
   * @return in no promised order: {@code id} (string), {@code view} (int), {@code view_seed}
   *     (long), {@code input_hash} (binary), {@code label} (int), {@code logits} (array of C
   *     floats, up to a constant added to all; of {@code topk} and {@code sampled}, softmax at
   *     their temperature is what was stored), {@code intermediate_0} and on (arrays of floats) for
   *     the teacher's inner tensors that are stored, {@code features} (array of floats) where
   *     inputs are stored, {@code weight} (float, 1 where none is stored); id and view together are
   *     unique
   * @throws IntegrityException if a file is gone or not what was published; as the cause of Spark's
   *     own exception when rows are read, if the codec cannot have written a cell
   * @throws TransientException if the version was pruned, which nobody could hold
   */
  public Dataset<Row> rows() {
    Dataset<Row> rows = cache.unlessPruned(manifest, "read", () -> reader.verifiedTable(index));
    if (codec instanceof PackedCodec packed) {
      UDF1<byte[], float[]> unpack = packed::unpack;
      rows = rows.withColumn("logits", udf(unpack, FLOATS).apply(col("logits")));
    }
    UDF1<byte[], float[]> halves = SoftTargetFunctions::intermediate;
    for (int i = 0; i < index.intermediates(); i++) {
      String name = RowLayout.intermediateName(i);
      rows = rows.withColumn(name, udf(halves, FLOATS).apply(col(name)));
    }
    return rows.withColumn("weight", coalesce(col("weight"), lit(1f)));
  }

  /** Lets prune remove the version; rows that are read later may be gone. */
  @Override
  public void close() {
    hold.ifPresent(VersionHold::close);
  }
}
