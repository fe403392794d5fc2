package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.AttemptFile;
import io.sparkdistill.columnar.ColumnFile;
import io.sparkdistill.columnar.ColumnRows;
import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.ExampleDigest;
import io.sparkdistill.examples.FeatureType;
import io.sparkdistill.examples.View;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.softtargets.codec.PackedCodec;
import io.sparkdistill.storage.StageDirectory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** Logits for tests of codecs. */
public final class CellRows {
  private CellRows() {}

  /** Normally distributed with standard deviation 4, about as a trained teacher's are. */
  public static float[] gaussian(int classes, long seed) {
    Random random = new Random(seed);
    float[] logits = new float[classes];
    for (int i = 0; i < classes; i++) {
      logits[i] = (float) (4 * random.nextGaussian());
    }
    return logits;
  }

  /** jqwik restrains the elements of lists, not those of arrays. */
  public static float[] array(List<Float> numbers) {
    float[] logits = new float[numbers.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = numbers.get(i);
    }
    return logits;
  }

  public static float[] equal(int classes, float value) {
    float[] logits = new float[classes];
    Arrays.fill(logits, value);
    return logits;
  }

  public static float[] dominant(int classes, int winner, float by) {
    float[] logits = new float[classes];
    logits[winner] = by;
    return logits;
  }

  /** Softmax at a temperature. */
  public static double[] softmax(float[] logits, double temperature) {
    double[] result = Distributions.logSoftmax(logits, temperature);
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.exp(result[i]);
    }
    return result;
  }

  public static float max(float[] logits) {
    return logits[Distributions.argMax(logits)];
  }

  /** A file of the cache as the pipeline writes it; row i has seed i. */
  public static ColumnFile write(Path file, LogitCodec codec, List<float[]> logits) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    Configuration conf = new Configuration();
    AttemptFile<ScoredRow, ColumnRows<ScoredRow>> rows =
        SoftTargetFile.at(path, new RowLayout(codec, FeatureType.FLOAT, 0), conf);
    for (int i = 0; i < logits.size(); i++) {
      byte[] hash = ByteBuffer.allocate(ExampleDigest.INPUT_BYTES).putLong(i).array();
      byte[] packed =
          codec instanceof PackedCodec cells ? cells.pack(logits.get(i), i) : new byte[0];
      Example example = new Example(Integer.toString(i), 0, new float[] {i});
      rows.write(new ScoredRow(new View(example, 0, 0), hash, logits.get(i), List.of(packed)));
    }
    org.apache.hadoop.fs.Path stage = path.getParent();
    rows.finish(StageDirectory.at(stage, conf));
    return rows.writer().orElseThrow().file();
  }
}
