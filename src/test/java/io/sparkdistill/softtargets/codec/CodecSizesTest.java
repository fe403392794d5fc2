package io.sparkdistill.softtargets.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.softtargets.CellRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the column of logits takes in a file of the cache, by the file's footer. */
class CodecSizesTest {
  @TempDir private Path folder;

  @Test
  void tenClasses() {
    assertThat(bytesOfARow(new Float16Codec(10), 10, 10_000)).isLessThanOrEqualTo(24);
    assertThat(bytesOfARow(new Int8Codec(10), 10, 10_000)).isLessThanOrEqualTo(14);
  }

  @Test
  void fiftyThousandClasses() {
    assertThat(bytesOfARow(new SampledCodec(50_000, 32, 1), 50_000, 300)).isLessThanOrEqualTo(60);
    assertThat(bytesOfARow(new TopKCodec(50_000, 32, 1), 50_000, 300)).isLessThanOrEqualTo(160);
  }

  /** At a high temperature nearly all draws are distinct, which is the worst case. */
  @Test
  void fiftyThousandNearlyEqualClasses() {
    assertThat(bytesOfARow(new SampledCodec(50_000, 32, 100), 50_000, 300)).isLessThanOrEqualTo(60);
    assertThat(bytesOfARow(new TopKCodec(50_000, 32, 100), 50_000, 300)).isLessThanOrEqualTo(160);
  }

  private double bytesOfARow(PackedCodec codec, int classes, int count) {
    List<float[]> logits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      logits.add(CellRows.gaussian(classes, i));
    }
    Path file = folder.resolve(codec.description().replaceAll("\\W", "-") + ".parquet");
    long bytes = CellRows.write(file, codec, logits).columnBytes("logits");
    assertThat(bytes).isPositive();
    return (double) bytes / count;
  }
}
