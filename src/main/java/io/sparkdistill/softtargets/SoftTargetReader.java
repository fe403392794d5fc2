package io.sparkdistill.softtargets;

import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.storage.StageDirectory;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the files that a manifest lists, and no others. */
public final class SoftTargetReader {
  private final SparkSession spark;

  /**
   * Reads nothing yet.
   *
   * @param spark a running session
   */
  public SoftTargetReader(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Compares every file with its checksum, on the executors, then gives the rows.
   *
   * @param directory where the stage publishes
   * @param manifest one of its versions
   * @param codec how logits are stored
   * @return the rows, in no promised order
   * @throws io.sparkdistill.failure.IntegrityException if a file is not what was published
   */
  public JavaRDD<SoftTarget> verified(
      StageDirectory directory, Manifest manifest, LogitCodec codec) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> conf =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    try {
      Path root = directory.root();
      List<Difference> differences =
          context
              .parallelize(manifest.files(), manifest.files().size())
              .map(file -> difference(file, root.toString(), conf))
              .filter(difference -> !difference.text().isEmpty())
              .collect();
      differences.stream()
          .findFirst()
          .ifPresent(
              difference -> {
                throw directory.differs(difference.file(), difference.text());
              });
    } finally {
      conf.destroy();
    }
    return rows(manifest.files().stream().map(directory::path).toList(), codec)
        .map(row -> SoftTargetColumns.softTarget(row, codec));
  }

  AuditFindings audit(List<Path> files, LogitCodec codec) {
    return rows(files, codec)
        .mapPartitions(rows -> List.of(findings(rows, codec)).iterator())
        .fold(new AuditFindings(), AuditFindings::plus);
  }

  long distinctIds(List<Path> files, LogitCodec codec) {
    return spark
        .read()
        .schema(SoftTargetColumns.schema(codec))
        .parquet(files.stream().map(Path::toString).toArray(String[]::new))
        .select("id")
        .distinct()
        .count();
  }

  private JavaRDD<InternalRow> rows(List<Path> files, LogitCodec codec) {
    return spark
        .read()
        .schema(SoftTargetColumns.schema(codec))
        .parquet(files.stream().map(Path::toString).toArray(String[]::new))
        .queryExecution()
        .toRdd()
        .toJavaRDD();
  }

  private static AuditFindings findings(Iterator<InternalRow> rows, LogitCodec codec) {
    AuditFindings findings = new AuditFindings();
    MessageDigest scratch = Sha256.digest();
    rows.forEachRemaining(
        row ->
            findings.add(
                SoftTargetColumns.softTarget(row, codec),
                SoftTargetColumns.inputHash(row),
                scratch));
    return findings;
  }

  private static Difference difference(
      PublishedFile file, String root, Broadcast<SerializableConfiguration> conf)
      throws java.io.IOException {
    Path path = new Path(root);
    StageDirectory directory =
        new StageDirectory(path.getParent(), path.getName(), Set.of(), conf.value().value());
    Optional<String> text = directory.difference(file);
    return new Difference(file, text.orElse(""));
  }

  private record Difference(PublishedFile file, String text) implements Serializable {}
}
