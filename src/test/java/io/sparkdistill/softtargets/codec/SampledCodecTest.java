package io.sparkdistill.softtargets.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.softtargets.CellRows;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Counts of draws from the teacher's distribution. */
class SampledCodecTest {
  private static final int DEFAULT = 32;

  @Example
  void defaultNumberOfDrawsFitsItsBytes() {
    assertThat(mostBytes(50_000, DEFAULT)).isEqualTo(54);
  }

  @Example
  void mostBytesAreReachedAndNeverExceeded() {
    SampledCodec codec = new SampledCodec(50_000, DEFAULT, 1);
    int longest = 0;
    for (long seed = 0; seed < 300; seed++) {
      byte[] cell = codec.pack(CellRows.equal(50_000, 1), seed);
      assertThat(cell.length).isLessThanOrEqualTo(mostBytes(50_000, DEFAULT));
      longest = Math.max(longest, cell.length);
    }
    assertThat(longest).isGreaterThanOrEqualTo(mostBytes(50_000, DEFAULT) - 1);
    SampledCodec small = new SampledCodec(40, 3, 1);
    assertThat(
            LongStream.range(0, 2000)
                .mapToInt(seed -> small.pack(CellRows.equal(40, 1), seed).length)
                .max())
        .hasValue(mostBytes(40, 3));
  }

  @Example
  void bytesAreAsDocumented() {
    // All eight draws are class 5 of 7: r = 2, the gap 5 is 01 and 01.
    byte[] one = new SampledCodec(7, 8, 1).pack(CellRows.dominant(7, 5, 1e4f), 0);
    assertThat(HexFormat.of().formatHex(one)).isEqualTo("80" + "50");
    // Of two classes each is drawn: r = 0, the gaps are 0 and 0.
    byte[] both = new SampledCodec(2, 6, 1).pack(CellRows.equal(2, 0), 1);
    assertThat(both).hasSize(1);
    assertThat(both[0] & 0b10000011).isEqualTo(0b10000011);
    assertThat(Integer.bitCount(both[0] & 0b11111100)).isEqualTo(2);
  }

  @Property(seed = "1", tries = 1000)
  void softmaxOfTheUnpackedAreMultiplesThatAddUp(
      @ForAll @Size(min = 1, max = 60) List<@FloatRange(min = -40, max = 40) Float> numbers,
      @ForAll @IntRange(min = 1, max = 100) int samples,
      @ForAll @FloatRange(min = 0.02f, max = 1000) float temperature,
      @ForAll long seed) {
    float[] logits = CellRows.array(numbers);
    SampledCodec codec = new SampledCodec(logits.length, samples, temperature);
    byte[] cell = codec.pack(logits, seed);
    assertThat(cell.length).isBetween(1, mostBytes(logits.length, samples));
    double counted = 0;
    for (double probability : CellRows.softmax(codec.unpack(cell), temperature)) {
      double count = probability * samples;
      assertThat(count).isCloseTo(Math.rint(count), within(1e-4));
      assertThat(probability == 0 || count > 0.999).isTrue();
      counted += Math.rint(count);
    }
    assertThat(counted).isEqualTo(samples);
    assertThat(codec.pack(logits, seed)).isEqualTo(cell);
  }

  @Example
  void manyAndFewClassesComeBack() {
    for (int classes : new int[] {1, 2, 10, 50_000, 100_000}) {
      for (int samples : new int[] {1, DEFAULT, 65_536}) {
        SampledCodec codec = new SampledCodec(classes, samples, 4);
        byte[] cell = codec.pack(CellRows.gaussian(classes, 2), 7);
        assertThat(cell.length).isLessThanOrEqualTo(mostBytes(classes, samples));
        double sum = Arrays.stream(CellRows.softmax(codec.unpack(cell), 4)).sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
      }
    }
  }

  @Example
  void classesThatWereNotDrawnHaveNoProbabilityAndFiniteLogits() {
    for (double temperature : new double[] {0.01, 1, 1000}) {
      SampledCodec codec = new SampledCodec(10, 65_536, temperature);
      float[] decoded = codec.unpack(codec.pack(CellRows.dominant(10, 3, 1e8f), 5));
      double[] softmax = CellRows.softmax(decoded, temperature);
      for (int i = 0; i < 10; i++) {
        assertThat(softmax[i]).isEqualTo(i == 3 ? 1 : 0);
        assertThat(Float.isFinite(decoded[i])).isTrue();
      }
    }
  }

  /** The mean of many rows' counts, each with its own seed, against the normal approximation. */
  @Example
  void countsEstimateTheProbabilitiesWithoutBias() {
    float[] logits = {3, 2.5f, 2, 1, 0, -1, -2, 2, 3, -3};
    double temperature = 2;
    int rows = 20_000;
    SampledCodec codec = new SampledCodec(10, DEFAULT, temperature);
    double[] mean = new double[10];
    SplitMix64 seeds = new SplitMix64(20250301);
    for (int row = 0; row < rows; row++) {
      double[] q =
          CellRows.softmax(codec.unpack(codec.pack(logits, seeds.nextLong())), temperature);
      for (int i = 0; i < 10; i++) {
        mean[i] += q[i] / rows;
      }
    }
    double[] p = CellRows.softmax(logits, temperature);
    double chiSquare = 0;
    for (int i = 0; i < 10; i++) {
      double error = mean[i] - p[i];
      assertThat(error / Math.sqrt(p[i] * (1 - p[i]) / DEFAULT / rows)).isBetween(-3.5, 3.5);
      chiSquare += error * error / p[i] * DEFAULT * rows;
    }
    // 9 degrees of freedom: 99.9 % are below 27.88, 99.9 % above 1.15.
    assertThat(chiSquare).isBetween(1.15, 27.88);
  }

  @Example
  void otherSeedsDrawOtherClasses() {
    SampledCodec codec = new SampledCodec(1000, DEFAULT, 4);
    float[] logits = CellRows.gaussian(1000, 4);
    assertThat(codec.pack(logits, 1)).isNotEqualTo(codec.pack(logits, 2));
  }

  @Example
  void extremeLogitsDrawTheLargest() {
    for (int classes : new int[] {1, 2, 10, 50_000}) {
      SampledCodec codec = new SampledCodec(classes, DEFAULT, 4);
      for (float by : new float[] {1e4f, Float.MAX_VALUE}) {
        float[] logits = CellRows.dominant(classes, classes - 1, by);
        assertThat(CellRows.softmax(codec.unpack(codec.pack(logits, 3)), 4)[classes - 1])
            .isEqualTo(1);
      }
    }
  }

  @Example
  void notANumberSurvives() {
    SampledCodec codec = new SampledCodec(3, DEFAULT, 1);
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      assertThat(codec.unpack(codec.pack(new float[] {1, bad, 2}, 0))).containsOnly(Float.NaN);
    }
  }

  @Example
  void nothingAndOtherTemperaturesAreRefused() {
    for (double temperature : new double[] {0, -1, 0.009, 1001, Double.NaN}) {
      assertThatThrownBy(() -> new SampledCodec(3, 1, temperature))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Temperature must be 0.01 to 1000: " + temperature);
    }
    assertThatThrownBy(() -> new SampledCodec(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not positive: 0, 1");
    assertThatThrownBy(() -> new SampledCodec(3, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not positive: 3, 0");
  }

  @Example
  void damagedCellsAreRefused() {
    byte[] good = new SampledCodec(7, 8, 1).pack(CellRows.dominant(7, 5, 1e4f), 0);
    refused(Arrays.copyOf(good, 1), "it ends too early, after 1 bytes");
    refused(Arrays.copyOf(good, 3), "3 bytes, of which 1 are too many");
    refused(new byte[] {0x40, 0x50}, "its first 1 counts belong to 0 classes");
    refused(new byte[] {(byte) 0x80, 0x5c}, "the bits after its end are not zero");
    refused(new byte[] {(byte) 0x80, 0x0c, 0}, "it counts class 18");
    refused(new byte[] {(byte) 0xff, 0, 0}, "its first 8 counts belong to 8 classes");
  }

  @Property(seed = "2", tries = 3000)
  void anyBytesAreUnpackedOrRefused(@ForAll @Size(max = 8) byte[] bytes) {
    try {
      assertThat(new SampledCodec(20, 6, 4).unpack(bytes)).hasSize(20);
    } catch (IntegrityException e) {
      assertThat(e).hasMessageContaining("sampled(6) at 4.0 for 20 classes");
    }
  }

  /** By the formula of formats.md. */
  private static int mostBytes(int classes, int samples) {
    int bits = 0;
    for (int d = 1; d <= Math.min(classes, samples); d++) {
      int gaps = Integer.MAX_VALUE;
      for (int r = 0; 1 << r <= classes; r++) {
        gaps = Math.min(gaps, d * (1 + r) + (classes - d) / (1 << r));
      }
      bits = Math.max(bits, samples + gaps);
    }
    return (bits + 7) / 8;
  }

  private static void refused(byte[] cell, String why) {
    assertThatThrownBy(() -> new SampledCodec(7, 8, 1).unpack(cell))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(why);
  }
}
