package io.sparkdistill.training.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

/** As sorting would, also where many numbers are equal. */
class SelectionTest {
  @Property(seed = "1")
  void numberAtEachPlaceIsThatOfTheirOrder(
      @ForAll @NotEmpty List<@IntRange(min = -5, max = 5) Integer> drawn) {
    double[] sorted = drawn.stream().mapToDouble(Integer::doubleValue).sorted().toArray();
    for (int place = 0; place < sorted.length; place++) {
      double[] numbers = drawn.stream().mapToDouble(Integer::doubleValue).toArray();
      assertThat(Selection.smallest(numbers, place)).isEqualTo(sorted[place]);
      assertThat(Arrays.stream(numbers, 0, place)).allMatch(atMost(sorted[place]));
      assertThat(Arrays.stream(numbers, place, numbers.length).map(number -> -number))
          .allMatch(atMost(-sorted[place]));
      Arrays.sort(numbers);
      assertThat(numbers).containsExactly(sorted);
    }
  }

  private static java.util.function.Predicate<Double> atMost(double most) {
    return number -> number <= most;
  }
}
