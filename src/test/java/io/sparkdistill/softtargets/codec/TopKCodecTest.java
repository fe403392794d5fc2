package io.sparkdistill.softtargets.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.CellRows;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The most probable classes and a share for all others. */
class TopKCodecTest {
  @Example
  void sizesAreAsDocumented() {
    assertThat(cell(2, 1, 1)).hasSize(2 + 2 + 1);
    assertThat(cell(10, 3, 4)).hasSize(2 + 6 + 2);
    assertThat(cell(10, 9, 4)).hasSize(2 + 18 + 5);
    assertThat(cell(1000, 32, 4)).hasSize(2 + 64 + 40);
    assertThat(cell(50_000, 32, 4)).hasSize(2 + 64 + 64);
    assertThat(cell(65_536, 32, 4)).hasSize(2 + 64 + 64);
    assertThat(cell(65_537, 32, 4)).hasSize(2 + 64 + 68);
  }

  @Example
  void bytesAreAsDocumented() {
    // Probabilities 1/8, 1/2, 1/8, 1/4.
    float[] logits = {0, (float) Math.log(4), 0, (float) Math.log(2)};
    byte[] cell = new TopKCodec(4, 2, 1).pack(logits, 0);
    // log 1/4 = -1.386, log 1/2 = -0.693, log 1/4; classes 01 and 11.
    assertThat(HexFormat.of().formatHex(cell)).isEqualTo("8cbd" + "8cb9" + "8cbd" + "70");
  }

  @Property(seed = "1", tries = 1000)
  void keptProbabilitiesComeBackWithinTheirErrorAndTheOthersAreEqual(
      @ForAll @Size(min = 2, max = 60) List<@FloatRange(min = -40, max = 40) Float> numbers,
      @ForAll @IntRange(min = 1, max = 59) int most,
      @ForAll @FloatRange(min = 0.5f, max = 50) float temperature) {
    float[] logits = CellRows.array(numbers);
    int k = Math.min(most, logits.length - 1);
    float[] decoded = roundTrip(new TopKCodec(logits.length, k, temperature), logits);

    double[] logP = Distributions.logSoftmax(logits, temperature);
    double[] logQ = Distributions.logSoftmax(decoded, temperature);
    int[] byProbability =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted((a, b) -> Float.compare(logits[b], logits[a]))
            .mapToInt(i -> i)
            .toArray();
    // Bringing the sum to 1 moves all by at most the mean error, and that by the entropy's bound.
    double moved = Math.log(k + 1) / 2048 + 1e-6;
    double others = 0;
    for (int rank = 0; rank < logits.length; rank++) {
      int i = byProbability[rank];
      if (rank < k) {
        assertThat(logQ[i]).isCloseTo(logP[i], within(Math.abs(logP[i]) / 2048 + moved));
      } else {
        others += Math.exp(logP[i]);
        assertThat(logQ[i]).isEqualTo(logQ[byProbability[k]]);
      }
    }
    double logShare = Math.log(others);
    assertThat(logQ[byProbability[k]] + Math.log(logits.length - k))
        .isCloseTo(logShare, within(Math.abs(logShare) / 2048 + moved));
  }

  @Property(seed = "3", tries = 1000)
  void theKeptAreAboveAllOthersAlsoWhereClassesAreNearlyEqual(
      @ForAll @IntRange(min = 2, max = 60) int classes,
      @ForAll @IntRange(min = 1, max = 59) int most,
      @ForAll @FloatRange(min = 0, max = 0.01f) float spread,
      @ForAll @FloatRange(min = 0.5f, max = 50) float temperature) {
    int k = Math.min(most, classes - 1);
    float[] logits = CellRows.gaussian(classes, most);
    for (int i = 0; i < classes; i++) {
      logits[i] *= spread;
    }
    float[] decoded = roundTrip(new TopKCodec(classes, k, temperature), logits);

    float[] sorted = decoded.clone();
    Arrays.sort(sorted);
    assertThat(sorted[classes - k - 1]).isEqualTo(sorted[0]).isLessThan(sorted[classes - k]);
  }

  @Example
  void softmaxOfTheUnpackedIsTheStoredDistributionWhateverTheTemperature() {
    for (double temperature : new double[] {0.01, 1, 4, 1000}) {
      float[] logits = CellRows.gaussian(1000, 3);
      for (int i = 0; i < logits.length; i++) {
        logits[i] *= (float) temperature;
      }
      assertThat(
              CellRows.softmax(
                  roundTrip(new TopKCodec(1000, 32, temperature), logits), temperature))
          .containsExactly(
              CellRows.softmax(
                  roundTrip(new TopKCodec(1000, 32, 1), CellRows.gaussian(1000, 3)), 1),
              within(1e-6));
    }
  }

  @Example
  void extremeLogitsComeBackFinite() {
    for (int classes : new int[] {2, 10, 50_000}) {
      int last = classes - 1;
      TopKCodec codec = new TopKCodec(classes, 1, 4);
      for (float by : new float[] {1e4f, Float.MAX_VALUE}) {
        float[] decoded = roundTrip(codec, CellRows.dominant(classes, last, by));
        assertThat(Distributions.argMax(decoded)).isEqualTo(last);
        assertThat(CellRows.softmax(decoded, 4)[last]).isCloseTo(1, within(1e-12));
        assertThat(decoded).doesNotContain(Float.NaN, Float.NEGATIVE_INFINITY);
      }
      double[] equal = CellRows.softmax(roundTrip(codec, CellRows.equal(classes, 1e4f)), 4);
      for (double probability : equal) {
        assertThat(probability * classes).isCloseTo(1, within(0.01));
      }
    }
  }

  @Example
  void ofEquallyProbableClassesTheFirstAreKept() {
    byte[] cell = new TopKCodec(8, 3, 1).pack(new float[] {0, 1, 0, 2, 1, 1, 0, -0f}, 0);
    assertThat(Arrays.copyOfRange(cell, 8, 10)).containsExactly(0b001_011_10, 0b0_0000000);
  }

  @Example
  void notANumberSurvives() {
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      assertThat(roundTrip(new TopKCodec(4, 2, 1), new float[] {1, bad, 2, 3}))
          .containsOnly(Float.NaN);
    }
  }

  @Example
  void asManyAsThereAreOrNoneIsRefused() {
    for (int k : new int[] {-1, 0, 10, 11}) {
      assertThatThrownBy(() -> new TopKCodec(10, k, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("K must be 1 to 9: " + k);
    }
    assertThatThrownBy(() -> new TopKCodec(1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("K must be 1 to 0: 1");
  }

  @Example
  void damagedCellsAreRefused() {
    byte[] good = cell(10, 3, 4);
    refused(Arrays.copyOf(good, 9), "9 bytes instead of 10");
    refused(Arrays.copyOf(good, 11), "11 bytes instead of 10");
    refused(with(good, 8, 0b0101_0011, 0b0111_0000), "class 3 follows class 5");
    refused(with(good, 8, 0b0101_0101, 0b0111_0000), "class 5 follows class 5");
    refused(with(good, 8, 0b0001_0011, 0b1010_0000), "class 10 follows class 3");
    refused(with(good, 8, 0b0001_0011, 0b0111_0001), "the bits after its end are not zero");
    refused(with(good, 2, 0, 0x3c), "a log-probability is 1.0");
    refused(with(good, 2, 0, 0xfc), "a log-probability is -Infinity");
    refused(with(good, 0, 0, 0x3c), "a log-probability is 1.0");
    refused(with(good, 2, 0, 0x7e), "a log-probability is NaN");
  }

  @Property(seed = "2", tries = 2000)
  void anyBytesAreUnpackedOrRefused(@ForAll @Size(max = 14) byte[] bytes) {
    try {
      assertThat(new TopKCodec(10, 3, 4).unpack(bytes)).hasSize(10);
    } catch (IntegrityException e) {
      assertThat(e).hasMessageContaining("topk(3) at 4.0 for 10 classes");
    }
  }

  private static void refused(byte[] cell, String why) {
    assertThatThrownBy(() -> new TopKCodec(10, 3, 4).unpack(cell))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(why);
  }

  private static byte[] with(byte[] cell, int at, int... values) {
    byte[] changed = cell.clone();
    for (int i = 0; i < values.length; i++) {
      changed[at + i] = (byte) values[i];
    }
    return changed;
  }

  private static byte[] cell(int classes, int k, double temperature) {
    return new TopKCodec(classes, k, temperature).pack(CellRows.gaussian(classes, 1), 0);
  }

  private static float[] roundTrip(PackedCodec codec, float[] logits) {
    return codec.unpack(codec.pack(logits, 0));
  }
}
