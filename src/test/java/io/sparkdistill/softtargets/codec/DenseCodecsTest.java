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
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** Codecs that keep every class: float16 and int8. */
class DenseCodecsTest {
  private static final List<Integer> CLASSES = List.of(1, 2, 10, 50_000);

  @Example
  void sizesAreAsDocumented() {
    for (int classes : CLASSES) {
      float[] logits = CellRows.gaussian(classes, 1);
      assertThat(new Float16Codec(classes).pack(logits, 0)).hasSize(2 * classes);
      assertThat(new Int8Codec(classes).pack(logits, 0)).hasSize(classes + 2);
    }
  }

  @Example
  void bytesAreAsDocumented() {
    float[] logits = {3, 1, -0.5f};
    assertThat(HexFormat.of().formatHex(new Float16Codec(3).pack(logits, 0)))
        .isEqualTo("000000c000c3");
    assertThat(HexFormat.of().formatHex(new Int8Codec(3).pack(logits, 0)))
        .isEqualTo("0823" + "00" + "92" + "ff");
  }

  @Property(seed = "1", tries = 500)
  void float16ComesBackWithinItsError(
      @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -3e4f, max = 3e4f) Float> numbers) {
    float[] logits = CellRows.array(numbers);
    float[] decoded = roundTrip(new Float16Codec(logits.length), logits);
    for (int i = 0; i < logits.length; i++) {
      float exact = logits[i] - CellRows.max(logits);
      assertThat((double) decoded[i])
          .isCloseTo(exact, within(Math.max(Math.abs(exact) / 2048.0, 0x1p-25)));
    }
  }

  @Property(seed = "2", tries = 500)
  void int8ComesBackWithinHalfAStep(
      @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -1e6f, max = 1e6f) Float> numbers) {
    float[] logits = CellRows.array(numbers);
    isWithinHalfAStep(logits);
  }

  @Property(seed = "3", tries = 500)
  void int8ComesBackWithinHalfAStepWhereAllIsNearlyEqual(
      @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -10, max = 10) Float> numbers) {
    float[] logits = CellRows.array(numbers);
    for (int i = 0; i < logits.length; i++) {
      logits[i] *= 1e-6f;
    }
    isWithinHalfAStep(logits);
  }

  @Property(seed = "4", tries = 500)
  void softmaxIsOffByNoMoreThanTwiceTheLogits(
      @ForAll @Size(min = 2, max = 50) List<@FloatRange(min = -30, max = 30) Float> numbers,
      @ForAll @FloatRange(min = 0.5f, max = 50) float temperature) {
    float[] logits = CellRows.array(numbers);
    for (PackedCodec codec :
        List.of(new Float16Codec(logits.length), new Int8Codec(logits.length))) {
      float[] decoded = roundTrip(codec, logits);
      double most = 0;
      for (int i = 0; i < logits.length; i++) {
        double exact = (double) logits[i] - CellRows.max(logits);
        most = Math.max(most, Math.abs(decoded[i] - exact));
      }
      double[] logP = Distributions.logSoftmax(logits, temperature);
      double[] logQ = Distributions.logSoftmax(decoded, temperature);
      for (int i = 0; i < logits.length; i++) {
        assertThat(logQ[i]).isCloseTo(logP[i], within(2 * most / temperature + 1e-12));
      }
    }
  }

  @Example
  void extremeLogitsComeBackFiniteWithTheirLargestClass() {
    for (int classes : CLASSES) {
      int last = classes - 1;
      for (float by : new float[] {1e4f, 1e8f, Float.MAX_VALUE}) {
        for (PackedCodec codec : List.of(new Float16Codec(classes), new Int8Codec(classes))) {
          float[] decoded = roundTrip(codec, CellRows.dominant(classes, last, by));
          assertThat(Distributions.argMax(decoded)).isEqualTo(last);
          assertThat(decoded[last]).isZero();
          assertThat(CellRows.softmax(decoded, 4)[last]).isEqualTo(1);
        }
      }
      for (PackedCodec codec : List.of(new Float16Codec(classes), new Int8Codec(classes))) {
        assertThat(roundTrip(codec, CellRows.equal(classes, 1e4f))).containsOnly(0f);
      }
    }
  }

  @Example
  void int8StoresWhatIsTooFarBelowAsFarAsItCan() {
    assertThat(roundTrip(new Int8Codec(3), new float[] {0, -1e30f, -65504}))
        .containsExactly(0, -255f * 65504, -65504);
  }

  @Example
  void notANumberSurvives() {
    float[] logits = {1, Float.NaN, 2};
    assertThat(roundTrip(new Float16Codec(3), logits)).contains(Float.NaN);
    assertThat(roundTrip(new Int8Codec(3), logits)).containsOnly(Float.NaN);
    assertThat(roundTrip(new Int8Codec(2), new float[] {1, Float.NEGATIVE_INFINITY}))
        .containsOnly(Float.NaN);
  }

  @Example
  void otherLengthsAreRefused() {
    for (int length : new int[] {0, 1, 11, 13, 19, 21, 100}) {
      for (PackedCodec codec : List.of(new Float16Codec(10), new Int8Codec(10))) {
        assertThatThrownBy(() -> codec.unpack(new byte[length]))
            .isInstanceOf(IntegrityException.class)
            .hasMessageContaining(
                "none of codec %s for 10 classes: it has %d bytes instead of",
                codec.description(), length);
      }
    }
  }

  @Example
  void missingCellsAreRefused() {
    GenericInternalRow row = new GenericInternalRow(new Object[] {null});
    assertThatThrownBy(() -> new Float16Codec(10).decode(row, 0))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("there is no cell");
  }

  @Example
  void numbersThatAreNeverWrittenAreRefused() {
    assertThatThrownBy(() -> new Int8Codec(1).unpack(new byte[] {0, (byte) 0xbc, 0}))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("its step is -1.0");
    assertThatThrownBy(() -> new Int8Codec(1).unpack(new byte[] {0, 0x7c, 0}))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("its step is Infinity");
    assertThatThrownBy(() -> new Float16Codec(1).unpack(new byte[] {0, 0x3c}))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("class 0 has 1.0");
  }

  private static void isWithinHalfAStep(float[] logits) {
    float[] sorted = logits.clone();
    Arrays.sort(sorted);
    double max = sorted[sorted.length - 1];
    double range = max - sorted[0];
    // Rounded up to a half, of which the smallest are 2^-24 apart.
    double step = range / 255 + (range > 0 ? Math.max(range / 255 * 0x1p-10, 0x1p-24) : 0);
    float[] decoded = roundTrip(new Int8Codec(logits.length), logits);
    for (int i = 0; i < logits.length; i++) {
      assertThat((double) decoded[i]).isCloseTo(logits[i] - max, within(step / 2 * (1 + 1e-12)));
    }
  }

  private static float[] roundTrip(PackedCodec codec, float[] logits) {
    return codec.unpack(codec.pack(logits, 0));
  }
}
