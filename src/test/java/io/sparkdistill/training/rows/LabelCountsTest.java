package io.sparkdistill.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.examples.Example;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Labels that are rare, and rows without one. */
class LabelCountsTest {
  @Property(seed = "5", tries = 200)
  void balancedClassesCountAlikeAndALabelOnceOnAverage(
      @ForAll @Size(min = 2, max = 20)
          List<@LongRange(min = 1, max = 1_000_000_000L) Long> counts) {
    LabelCounts labels = new LabelCounts(counts, 3);
    List<Double> weights = labels.balanced();
    double all = 0;
    for (int c = 0; c < counts.size(); c++) {
      assertThat(counts.get(c) * weights.get(c) * counts.size() / labels.labelled())
          .isCloseTo(1, within(1e-9));
      all += counts.get(c) * weights.get(c);
    }
    assertThat(all / labels.labelled()).isCloseTo(1, within(1e-9));
    assertThat(labels.rows()).isEqualTo(labels.labelled() + 3);
  }

  @Test
  void classWithoutALabelWeighsNothing() {
    assertThat(new LabelCounts(List.of(3L, 0L, 1L), 9).balanced())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
        .containsExactly(4 / 9.0, 0.0, 4 / 3.0);
    assertThat(new LabelCounts(List.of(0L, 0L), 9).balanced()).containsExactly(0.0, 0.0);
  }

  @Test
  void targetsOfARowSayItsWeightAndWhetherItHasALabel() {
    assertThat(targets(1, 1)).containsExactly(0, 1, 0, 7, 8, 9);
    assertThat(targets(2, 0.5f)).containsExactly(0, 0, 0.5f, 7, 8, 9);
    assertThat(targets(Example.UNLABELLED, 3)).containsExactly(-3, 0, 0, 7, 8, 9);
  }

  private static float[] targets(int label, float weight) {
    return TrainingRow.of(
            new SoftTarget("a", 0, label, new float[1], new float[] {7, 8, 9}, weight))
        .targets();
  }
}
