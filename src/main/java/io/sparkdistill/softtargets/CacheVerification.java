package io.sparkdistill.softtargets;

import io.sparkdistill.examples.ExampleDigest;
import io.sparkdistill.examples.MultisetDigest;
import io.sparkdistill.examples.View;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads all of a version again, and compares it with what was published. */
public final class CacheVerification {
  private final CacheDirectory cache;
  private final SoftTargetReader reader;
  private final LogitCodec codec;

  /**
   * Reads nothing yet.
   *
   * @param spark a running session
   * @param cache where it is
   * @param codec how logits are stored
   */
  public CacheVerification(SparkSession spark, CacheDirectory cache, LogitCodec codec) {
    this.cache = cache;
    this.reader = cache.reader(spark, codec);
    this.codec = codec;
  }

  /**
   * Checksums of all files, then counts, ids, input hashes and digests of all rows.
   *
   * @param manifest one of the cache's versions
   * @return how many rows were read
   * @throws IntegrityException naming all files that are not what was published, or what else is
   *     not
   * @throws TransientException if the version was pruned meanwhile; a hold would prevent it, and
   *     shut out those who may only read
   */
  public long verify(Manifest manifest) {
    return cache.unlessPruned(manifest, "verify", () -> compare(manifest));
  }

  private long compare(Manifest manifest) {
    ShardIndex index = cache.index(manifest);
    List<SoftTargetReader.Difference> differences = reader.differences(index.allFiles());
    if (!differences.isEmpty()) {
      throw refused(
          differences.size()
              + " of "
              + index.allFiles().size()
              + " files are not what was published: "
              + String.join(
                  "; ",
                  differences.stream()
                      .limit(5)
                      .map(found -> found.file().path() + ": " + found.text())
                      .toList()));
    }
    expect("rows in its manifest", manifest.number(CacheKeys.ROWS), index.rows());
    expect("bad rows in its manifest", manifest.number(CacheKeys.BAD_ROWS), index.badRows());
    expect(
        "digest of the examples in its manifest",
        manifest.input(CacheKeys.EXAMPLES),
        index.examplesSha256());
    expect(
        "digest of the rows in its manifest",
        manifest.fact(CacheKeys.CONTENT),
        index.contentSha256());
    Found found = read(index);
    expect("rows", index.rows(), found.rows());
    expect("rows whose input hash differs", 0L, found.hashMismatches());
    expect("digest of the examples", index.examplesSha256(), found.examplesSha256());
    expect("digest of the rows", index.contentSha256(), found.contentSha256());
    List<String> twice = reader.census(index).twice();
    if (!twice.isEmpty()) {
      throw refused("ids are not unique: " + String.join(", ", twice));
    }
    return found.rows();
  }

  /**
   * Asks the teacher about some rows again, and compares what the cache would hold of its answers
   * with what it holds: what the codec loses is no difference.
   *
   * @param from of one of the cache's versions
   * @param count how many rows, drawn with a fixed seed, with the inputs that the teacher saw
   * @param teacher gives C logits for each of some rows, in their order
   * @return how far the cached logits are from those of the teacher now
   */
  public Sample sample(
      JavaRDD<SoftTarget> from, int count, Function<List<SoftTarget>, List<float[]>> teacher) {
    List<SoftTarget> rows = from.takeSample(false, count, 1);
    if (rows.isEmpty()) {
      return new Sample(0, 0, 0, 0);
    }
    List<float[]> answers = teacher.apply(rows);
    double difference = 0;
    double divergence = 0;
    int flips = 0;
    ExampleDigest digest = new ExampleDigest();
    for (int i = 0; i < rows.size(); i++) {
      SoftTarget row = rows.get(i);
      float[] now = codec.stored(answers.get(i), ShardTally.seed(digest.ofInput(row.features())));
      difference += meanDifference(now, row.logits());
      divergence +=
          Distributions.kl(
              Distributions.logSoftmax(now, 1), Distributions.logSoftmax(row.logits(), 1));
      flips += Distributions.argMax(now) == Distributions.argMax(row.logits()) ? 0 : 1;
    }
    return new Sample(rows.size(), difference / rows.size(), divergence / rows.size(), flips);
  }

  /**
   * How far cached logits are from those that the teacher gives now, both as they are stored.
   *
   * @param rows that were compared
   * @param meanDifference mean |Δ| of logits less their maximum
   * @param kl mean KL(teacher now ‖ cached) at temperature 1, in nats
   * @param flips rows whose largest class is another
   */
  public record Sample(int rows, double meanDifference, double kl, int flips) {}

  private record Found(String examplesSum, String contentSum, long rows, long hashMismatches)
      implements Serializable {
    String examplesSha256() {
      return hex(examplesSum);
    }

    String contentSha256() {
      return hex(contentSum);
    }

    private String hex(String sum) {
      MultisetDigest digest = new MultisetDigest();
      digest.addAll(sum, rows);
      return digest.hex();
    }

    Found plus(Found other) {
      return new Found(
          sum(examplesSum, other.examplesSum),
          sum(contentSum, other.contentSum),
          rows + other.rows,
          hashMismatches + other.hashMismatches);
    }

    private static String sum(String a, String b) {
      MultisetDigest digest = new MultisetDigest();
      digest.addAll(a, 0);
      digest.addAll(b, 0);
      return digest.sum();
    }
  }

  private Found read(ShardIndex index) {
    RowLayout layout = reader.layout(index);
    return reader
        .internalRows(index, layout)
        .mapPartitions(rows -> List.of(tally(rows, layout)).iterator())
        .fold(new Found("0", "0", 0, 0), Found::plus);
  }

  private static Found tally(Iterator<InternalRow> rows, RowLayout layout) {
    ShardTally tally = new ShardTally();
    long mismatches = 0;
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      View view = SoftTargetColumns.view(row, layout);
      byte[] hash = SoftTargetColumns.inputHash(row);
      if (layout.hasFeatures() && !Arrays.equals(tally.inputHash(view.example()), hash)) {
        mismatches++;
      }
      tally.add(view, hash, SoftTargetColumns.cells(row, layout));
    }
    return new Found(tally.examplesSum(), tally.contentSum(), tally.rows(), mismatches);
  }

  private static double meanDifference(float[] a, float[] b) {
    float maxA = a[Distributions.argMax(a)];
    float maxB = b[Distributions.argMax(b)];
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] - maxA) - (b[i] - maxB));
    }
    return sum / a.length;
  }

  private void expect(String what, Object published, Object found) {
    if (!published.equals(found)) {
      throw refused(what + ": " + published + " were published, " + found + " are there");
    }
  }

  private IntegrityException refused(String why) {
    return new IntegrityException(
        "Cannot accept the soft targets in "
            + Locations.display(cache.root())
            + ", "
            + why
            + ". Restore them, or label into another output.");
  }
}
