package io.sparkdistill.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Comparisons of hidden layers against their formulas, and gradients against differences. */
class FeatureLossTest {
  @Property(seed = "1", tries = 60)
  void valueIsTheFormula(
      @ForAll FeatureCase each, @ForAll @IntRange(min = 1, max = 5) int rows, @ForAll long seed) {
    float[][] student = numbers(rows, each.student(), seed);
    float[][] tensor = numbers(rows, each.teacher(), ~seed);
    double expected = each.expected(student, tensor);
    assertThat(evaluated(each.loss(), student, tensor, new FeatureBatch()))
        .isCloseTo(expected, within(1e-6 * (1 + expected)));
  }

  @Property(seed = "2", tries = 40)
  void gradientIsTheSlopeOfTheValue(
      @ForAll FeatureCase each, @ForAll @IntRange(min = 1, max = 5) int rows, @ForAll long seed) {
    float[][] student = numbers(rows, each.student(), seed);
    float[][] tensor = numbers(rows, each.teacher(), ~seed);
    FeatureBatch batch = new FeatureBatch();
    evaluated(each.loss(), student, tensor, batch);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < each.student(); i++) {
        double slope = slope(each.loss(), student, tensor, row, i);
        assertThat((double) batch.gradient()[row * each.student() + i])
            .as("%s, number %s of row %s", each, i, row)
            .isCloseTo(slope, within(2e-3 * (1 + Math.abs(slope))));
      }
    }
  }

  @Property(seed = "3", tries = 40)
  void rowsCarryTheSameWhateverTheStudentIs(@ForAll FeatureCase each, @ForAll long seed) {
    float[] tensor = numbers(1, each.teacher(), seed)[0];
    FeatureLoss ofRows = each.loss().ofRows();
    assertThat(ofRows.target(tensor)).containsExactly(each.loss().target(tensor));
    assertThat(ofRows.teacherNumbers()).isEqualTo(each.loss().teacherNumbers());
    assertThat(ofRows.ofRows()).isEqualTo(ofRows);
  }

  @Example
  void studentsOfOtherWidthsNeedTheSameOfRows() {
    LayerShape tensor = new LayerShape(3, 4, 3);
    assertThat(new Hints(LayerShape.flat(4), tensor).ofRows())
        .isEqualTo(new Hints(LayerShape.flat(9), tensor).ofRows())
        .isNotEqualTo(new Hints(new LayerShape(2, 4, 3), tensor).ofRows());
    assertThat(new Hints(new LayerShape(5, 4, 3), tensor).ofRows())
        .isEqualTo(new Hints(new LayerShape(2, 4, 3), tensor).ofRows());
    assertThat(new AttentionMaps(new LayerShape(2, 6, 5), tensor).ofRows())
        .isEqualTo(new AttentionMaps(new LayerShape(8, 9, 9), tensor).ofRows())
        .isNotEqualTo(new AttentionMaps(new LayerShape(8, 2, 2), tensor).ofRows());
    assertThat(new Relations(4, 7, 1.5, 0).ofRows()).isEqualTo(new Relations(9, 7, 0, 2).ofRows());
  }

  @Example
  void extremeNumbersGiveFiniteValuesAndGradients() {
    float[] extremes = {0, 0x1p60f, -0x1p60f, 0x1p-100f, 65504, -1};
    for (FeatureCase each : FeatureCase.values()) {
      for (float first : extremes) {
        for (float second : extremes) {
          float[][] student = filled(each.student(), first, second);
          float[][] tensor = filled(each.teacher(), second / 1e10f, first / 1e10f);
          FeatureBatch batch = new FeatureBatch();
          assertThat(evaluated(each.loss(), student, tensor, batch))
              .as("%s of %s and %s", each, first, second)
              .isFinite()
              .isGreaterThanOrEqualTo(0);
          for (float slope : batch.gradient()) {
            assertThat(slope).as("%s of %s and %s", each, first, second).isFinite();
          }
        }
      }
    }
  }

  @Example
  void layerThatIsItsTensorHasNothingToLearn() {
    float[][] same = numbers(4, 12, 3);
    for (FeatureLoss loss :
        new FeatureLoss[] {
          new Hints(LayerShape.flat(12), LayerShape.flat(12)),
          new AttentionMaps(new LayerShape(3, 2, 2), new LayerShape(3, 2, 2)),
          new AttentionMaps(LayerShape.flat(12), LayerShape.flat(12)),
          new Relations(12, 12, 1, 2)
        }) {
      FeatureBatch batch = new FeatureBatch();
      assertThat(evaluated(loss, same, same, batch)).isCloseTo(0, within(1e-12));
      for (float slope : batch.gradient()) {
        assertThat((double) slope).isCloseTo(0, within(1e-5));
      }
    }
  }

  @Example
  void memoryOfALargerBatchDoesNotChangeASmallerOne() {
    for (FeatureCase each : FeatureCase.values()) {
      FeatureBatch used = new FeatureBatch();
      evaluated(each.loss(), numbers(6, each.student(), 1), numbers(6, each.teacher(), 2), used);
      float[][] student = numbers(3, each.student(), 5);
      float[][] tensor = numbers(3, each.teacher(), 6);
      FeatureBatch fresh = new FeatureBatch();
      double expected = evaluated(each.loss(), student, tensor, fresh);
      assertThat(evaluated(each.loss(), student, tensor, used)).isEqualTo(expected);
      assertThat(Arrays.copyOf(used.gradient(), fresh.gradient().length))
          .containsExactly(fresh.gradient());
    }
  }

  @Example
  void rowsThatDoNotCountAreAsIfTheyWereNotThereAndOthersCountAsOftenAsTheyWeigh() {
    for (FeatureCase each : FeatureCase.values()) {
      float[][] student = numbers(4, each.student(), 8);
      float[][] tensor = numbers(4, each.teacher(), 9);
      float[][] others = {student[0], student[1], student[3]};
      float[][] tensors = {tensor[0], tensor[1], tensor[3]};
      FeatureBatch alone = new FeatureBatch();
      double expected = evaluated(each.loss(), others, tensors, alone);
      FeatureBatch batch = new FeatureBatch();
      assertThat(evaluated(each.loss(), student, tensor, batch, 2, 2, 0, 2))
          .as("%s", each)
          .isCloseTo(2 * expected, within(1e-9));
      for (int i = 0; i < each.student(); i++) {
        assertThat(batch.gradient()[2 * each.student() + i]).isZero();
        assertThat((double) batch.gradient()[3 * each.student() + i])
            .isCloseTo(2.0 * alone.gradient()[2 * each.student() + i], within(1e-5));
      }
    }
  }

  @Property(seed = "3", tries = 20)
  void gradientOfRowsThatWeighIsTheSlopeOfTheValue(@ForAll FeatureCase each, @ForAll long seed) {
    double[] weights = {0.5, 3, 1, 0.2};
    float[][] student = numbers(4, each.student(), seed);
    float[][] tensor = numbers(4, each.teacher(), ~seed);
    FeatureBatch batch = new FeatureBatch();
    evaluated(each.loss(), student, tensor, batch, weights);
    for (int row = 0; row < 4; row++) {
      double slope = slope(each.loss(), student, tensor, row, 1, 1f / 256, weights);
      assertThat((double) batch.gradient()[row * each.student() + 1])
          .as("%s, row %s", each, row)
          .isCloseTo(slope, within(5e-3 * (1 + Math.abs(slope))));
    }
  }

  @Example
  void onlyImagesAndAsManyUnitsHaveComparableAttention() {
    LayerShape image = new LayerShape(4, 3, 3);
    assertThat(new AttentionMaps(image, new LayerShape(9, 8, 2)).areAlike()).isTrue();
    assertThat(new AttentionMaps(LayerShape.flat(9), LayerShape.flat(9)).areAlike()).isTrue();
    assertThat(new AttentionMaps(LayerShape.flat(9), LayerShape.flat(8)).areAlike()).isFalse();
    assertThat(new AttentionMaps(LayerShape.flat(9), image).areAlike()).isFalse();
    assertThat(new AttentionMaps(image, LayerShape.flat(36)).areAlike()).isFalse();
  }

  private static double slope(
      FeatureLoss loss, float[][] student, float[][] tensor, int row, int place) {
    return (4 * slope(loss, student, tensor, row, place, 1f / 256)
            - slope(loss, student, tensor, row, place, 1f / 128))
        / 3;
  }

  private static double slope(
      FeatureLoss loss,
      float[][] student,
      float[][] tensor,
      int row,
      int place,
      float step,
      double... weights) {
    float kept = student[row][place];
    float above = kept + step;
    float below = kept - step;
    student[row][place] = above;
    double higher = evaluated(loss, student, tensor, new FeatureBatch(), weights);
    student[row][place] = below;
    double lower = evaluated(loss, student, tensor, new FeatureBatch(), weights);
    student[row][place] = kept;
    return (higher - lower) / ((double) above - below);
  }

  /** The loss of layers that need no regressor, or are what one gave. */
  private static double evaluated(
      FeatureLoss loss,
      float[][] student,
      float[][] tensor,
      FeatureBatch batch,
      double... weights) {
    batch.make(student.length, loss);
    System.arraycopy(weights, 0, batch.weights(), 0, weights.length);
    for (int row = 0; row < student.length; row++) {
      int width = loss.teacherNumbers();
      System.arraycopy(loss.target(tensor[row]), 0, batch.teacher(), row * width, width);
      System.arraycopy(
          student[row], 0, batch.student(), row * student[row].length, student[row].length);
    }
    return loss.add(batch);
  }

  /** Away from 0, where a map has no direction. */
  private static float[][] numbers(int rows, int numbers, long seed) {
    Random random = new Random(seed);
    float[][] result = new float[rows][numbers];
    for (float[] row : result) {
      for (int i = 0; i < numbers; i++) {
        row[i] = (float) (random.nextGaussian() + (random.nextBoolean() ? 1 : -1));
      }
    }
    return result;
  }

  private static float[][] filled(int numbers, float first, float second) {
    float[][] rows = new float[4][numbers];
    Arrays.fill(rows[0], first);
    Arrays.fill(rows[1], second);
    for (int i = 0; i < numbers; i++) {
      rows[2][i] = i % 2 == 0 ? first : second;
      rows[3][i] = rows[2][i];
    }
    return rows;
  }
}
