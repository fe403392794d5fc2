package io.sparkdistill.softtargets;

import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Reads back what was written, before it is published. */
public final class SoftTargetAudit {
  private final SparkSession spark;
  private final StageDirectory directory;
  private final LogitCodec codec;

  /**
   * Reads nothing yet.
   *
   * @param spark a running session
   * @param directory of the stage
   * @param codec how logits are stored
   */
  public SoftTargetAudit(SparkSession spark, StageDirectory directory, LogitCodec codec) {
    this.spark = spark;
    this.directory = directory;
    this.codec = codec;
  }

  /**
   * What was written and is fit to be published.
   *
   * @param files to be listed by the manifest
   * @param rows in all of them
   * @param teacherErrors rows whose label is not the teacher's largest class
   * @param contentSha256 digest of all rows, independent of their order and files
   */
  public record Audited(
      List<PublishedFile> files, long rows, long teacherErrors, String contentSha256) {}

  /**
   * Audits an attempt.
   *
   * @param attempt the folder that was written
   * @param expectedRows how many examples there were
   * @param teacher what messages call the teacher
   * @return what to publish
   * @throws io.sparkdistill.failure.BadInputException if a logit is not finite
   * @throws TransientException if rows are missing, doubled or damaged
   */
  public Audited audit(Path attempt, long expectedRows, String teacher) {
    List<Path> files = dataFiles(attempt);
    SoftTargetReader reader = new SoftTargetReader(spark);
    AuditFindings findings = reader.audit(files, codec);
    findings
        .notFiniteId()
        .ifPresent(
            id -> {
              throw SoftTargetWriter.notFinite(teacher, id, findings.notFinite());
            });
    long ids = reader.distinctIds(files, codec);
    if (findings.rows() != expectedRows || ids != expectedRows || findings.hashMismatches() > 0) {
      throw new TransientException(
          "Cannot publish soft targets in "
              + Locations.display(attempt)
              + ", reading them back gave "
              + findings.rows()
              + " rows, "
              + ids
              + " ids and "
              + findings.hashMismatches()
              + " changed inputs for "
              + expectedRows
              + " examples. Run again; look at the file system if it happens twice.");
    }
    List<PublishedFile> published = new ArrayList<>();
    for (Path file : files) {
      published.add(describe(file));
    }
    return new Audited(
        List.copyOf(published),
        findings.rows(),
        findings.teacherErrors(),
        findings.contentSha256());
  }

  private PublishedFile describe(Path file) {
    try {
      return directory.describe(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private List<Path> dataFiles(Path attempt) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    try {
      return Arrays.stream(Locations.fileSystem(attempt, conf).listStatus(attempt))
          .filter(FileStatus::isFile)
          .map(FileStatus::getPath)
          .filter(path -> path.getName().startsWith("part-"))
          .sorted(Comparator.comparing(Path::getName))
          .toList();
    } catch (IOException e) {
      throw failed(attempt, e);
    }
  }

  private static TransientException failed(Path path, IOException e) {
    return new TransientException(
        "Cannot read back " + Locations.display(path) + ": " + e.getMessage() + ". Try again.", e);
  }
}
