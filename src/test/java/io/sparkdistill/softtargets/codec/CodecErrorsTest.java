package io.sparkdistill.softtargets.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.CellRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of errors in formats.md is what the codecs do. */
class CodecErrorsTest {
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(10, 1, 2000),
          new Setting(10, 4, 2000),
          new Setting(10, 20, 2000),
          new Setting(1000, 1, 200),
          new Setting(1000, 4, 200),
          new Setting(50_000, 1, 20),
          new Setting(50_000, 4, 20));

  /** Classes, temperature, and how many rows of normally distributed logits. */
  private record Setting(int classes, double temperature, int rows) {}

  @Test
  void tableInFormatsIsWhatIsComputed() throws IOException {
    StringBuilder table =
        new StringBuilder("| codec | C | T | bytes a row | mean KL | largest KL |\n")
            .append("|---|---|---|---|---|---|\n");
    for (Setting setting : SETTINGS) {
      codecs(setting).forEach(codec -> table.append(line(codec, setting)));
    }
    Path formats = Path.of(System.getProperty("distill.root"), "src/site/markdown/formats.md");
    assertThat(Files.readString(formats).contains(table + "\n"))
        .as("The table in formats.md must be:%n%s", table)
        .isTrue();
  }

  private static List<LogitCodec> codecs(Setting setting) {
    int classes = setting.classes();
    int k = classes == 10 ? 5 : 32;
    return List.of(
        new Float32Codec(),
        new Float16Codec(classes),
        new Int8Codec(classes),
        new TopKCodec(classes, k, setting.temperature()),
        new SampledCodec(classes, 32, setting.temperature()));
  }

  private static String line(LogitCodec codec, Setting setting) {
    double bytes = 0;
    double sum = 0;
    double largest = 0;
    for (int row = 0; row < setting.rows(); row++) {
      float[] logits = CellRows.gaussian(setting.classes(), row);
      float[] decoded = logits;
      if (codec instanceof PackedCodec packed) {
        byte[] cell = packed.pack(logits, row);
        bytes += cell.length;
        decoded = packed.unpack(cell);
      } else {
        bytes += logits.length * Float.BYTES;
      }
      double[] teacher = Distributions.logSoftmax(logits, setting.temperature());
      double[] stored = Distributions.logSoftmax(decoded, setting.temperature());
      // Of the sampled distribution most classes are absent: only this direction is finite.
      double kl =
          codec instanceof SampledCodec
              ? Distributions.kl(stored, teacher)
              : Distributions.kl(teacher, stored);
      sum += kl;
      largest = Math.max(largest, kl);
    }
    return String.format(
        Locale.ROOT,
        "| `%s` | %d | %.0f | %s | %s | %s |\n",
        codec.description().replaceAll(" at .*", ""),
        setting.classes(),
        setting.temperature(),
        shortest(bytes / setting.rows()),
        digits(sum / setting.rows()),
        digits(largest));
  }

  private static String shortest(double bytes) {
    return bytes == Math.rint(bytes)
        ? String.format(Locale.ROOT, "%.0f", bytes)
        : String.format(Locale.ROOT, "%.1f", bytes);
  }

  /** Two digits: what differs between machines stands behind them. */
  private static String digits(double kl) {
    return kl == 0 ? "0" : String.format(Locale.ROOT, "%.1e", kl);
  }
}
