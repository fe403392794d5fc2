package io.sparkdistill.training.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.softtargets.SoftTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** After the step, classes are predicted as often as they are labels. */
class FrequencyMatchTest {
  @Property(seed = "1", tries = 100)
  void oneClassIsPredictedExactlyAsOftenAsItIsALabel(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int classes) {
    Drawn drawn = Drawn.of(seed, classes);
    int moved = Math.floorMod(seed, classes);
    double[] shifts = drawn.shifts(List.of(moved));

    assertThat(drawn.predicted(List.of(moved), shifts)[moved]).isEqualTo(drawn.labels()[moved]);
  }

  @Property(seed = "2", tries = 100)
  void severalArePredictedAsOftenAsTheyShould(
      @ForAll long seed,
      @ForAll @IntRange(min = 3, max = 8) int classes,
      @ForAll @IntRange(min = 2, max = 8) int several) {
    Drawn drawn = Drawn.of(seed, classes);
    List<Integer> moved = IntStream.range(0, Math.min(several, classes)).boxed().toList();
    int[] predicted = drawn.predicted(moved, drawn.shifts(moved));

    int missed = moved.stream().mapToInt(c -> Math.abs(predicted[c] - drawn.labels()[c])).sum();
    assertThat(missed).isZero();
  }

  @Property(seed = "3", tries = 20)
  void orderAndBlocksOfRowsDecideNothing(@ForAll long seed) {
    Drawn drawn = Drawn.of(seed, 4);
    List<ClassScores> blocks = drawn.blocks(List.of(1, 3));
    List<ClassScores> turned = List.of(blocks.get(1), blocks.get(0));
    assertThat(new FrequencyMatch(turned).shifts())
        .containsExactly(new FrequencyMatch(blocks).shifts());
  }

  @Example
  void classThatIsPredictedAsOftenAsItShouldStaysWhereItIs() {
    float[] logits = {3, 1, 0, 1, 3, 0, 0, 1, 3};
    List<SoftTarget> rows = List.of(row(0, 3), row(1, 3), row(2, 3));
    assertThat(shifts(ClassScores.of(logits, rows, List.of(0, 1, 2)))).containsExactly(0, 0, 0);
  }

  @Example
  void classThatIsNoLabelIsNotPredictedAndOneThatAllHaveAlways() {
    float[] logits = {3, 1, 1, 3};
    List<SoftTarget> rows = List.of(row(1, 2), row(1, 2));
    assertThat(shifts(ClassScores.of(logits, rows, List.of(0)))).containsExactly(-3);
    assertThat(shifts(ClassScores.of(logits, rows, List.of(1)))).containsExactly(3);
  }

  @Example
  void shiftLiesBetweenTheRowsThatAreWantedAndTheOthers() {
    float[] logits = {5, 1, 5, 3, 5, 4};
    List<SoftTarget> rows = List.of(row(0, 2), row(1, 2), row(1, 2));
    // Two rows have label 1: those that need 1 and 2, and not the one that needs 4.
    assertThat(shifts(ClassScores.of(logits, rows, List.of(1)))).containsExactly(3);
  }

  private static double[] shifts(ClassScores scores) {
    return new FrequencyMatch(List.of(scores)).shifts();
  }

  private static SoftTarget row(int label, int classes) {
    return new SoftTarget("row", 0, label, new float[0], new float[classes]);
  }

  /** Rows of a student that favours some classes, with labels that it mostly knows. */
  @SuppressWarnings("ArrayRecordComponent") // Never changed.
  private record Drawn(List<float[]> logits, List<SoftTarget> rows, int[] labels) {
    static Drawn of(long seed, int classes) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] favour = random.doubles(classes, -6, 6).toArray();
      List<float[]> logits = new ArrayList<>();
      List<SoftTarget> rows = new ArrayList<>();
      int[] labels = new int[classes];
      int count = random.nextInt(20, 400);
      for (int i = 0; i < count; i++) {
        int label = (int) (classes * random.nextDouble() * random.nextDouble());
        float[] own = new float[classes];
        for (int c = 0; c < classes; c++) {
          own[c] = (float) (favour[c] + 4 * random.nextDouble() + (c == label ? 3 : 0));
        }
        logits.add(own);
        rows.add(row(label, classes));
        labels[label]++;
      }
      return new Drawn(logits, rows, labels);
    }

    List<ClassScores> blocks(List<Integer> moved) {
      int half = rows.size() / 2;
      return List.of(block(0, half, moved), block(half, rows.size(), moved));
    }

    private ClassScores block(int from, int to, List<Integer> moved) {
      float[] flat = new float[(to - from) * labels.length];
      for (int i = from; i < to; i++) {
        System.arraycopy(logits.get(i), 0, flat, (i - from) * labels.length, labels.length);
      }
      return ClassScores.of(flat, rows.subList(from, to), moved);
    }

    double[] shifts(List<Integer> moved) {
      return new FrequencyMatch(blocks(moved)).shifts();
    }

    int[] predicted(List<Integer> moved, double[] shifts) {
      int[] predicted = new int[labels.length];
      for (float[] own : logits) {
        double[] after = new double[own.length];
        int best = 0;
        for (int c = 0; c < own.length; c++) {
          after[c] = own[c] + (moved.contains(c) ? shifts[moved.indexOf(c)] : 0);
          best = after[c] > after[best] ? c : best;
        }
        predicted[best]++;
      }
      return predicted;
    }
  }
}
