package io.sparkdistill.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.AugmentationConfig;
import io.sparkdistill.config.ViewsConfig;
import io.sparkdistill.failure.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What teachers are shown. */
class AugmentationTest {
  /** One pixel in the middle of three by three. */
  private static final float[] DOT = {0, 0, 0, 0, 5, 0, 0, 0, 0};

  @Property(seed = "1")
  void seedsAloneDecideAView(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int shift) {
    Augmentation augmentation = Augmentation.of(views(shift, true, 0.1, List.of(2, 3)), 6);
    float[] row = {1, 2, 3, 4, 5, 6};

    assertThat(augmentation.seen(row, seed)).containsExactly(augmentation.seen(row.clone(), seed));
    assertThat(row).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Property(seed = "2")
  void shiftedPixelsGoNoFurtherThanTheyMayAndNothingElseComesIn(@ForAll long seed) {
    float[] seen = Augmentation.of(views(1, false, 0, List.of()), 9).seen(DOT, seed);

    assertThat(seen).containsOnlyOnce(5).containsOnly(0, 5);
  }

  @Test
  void everyShiftComes() {
    Augmentation augmentation = Augmentation.of(views(1, false, 0, List.of()), 9);
    Set<Integer> places = new HashSet<>();
    LongStream.range(0, 200).forEach(seed -> places.add(indexOf(augmentation.seen(DOT, seed), 5)));

    assertThat(places).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void channelsAreMovedAloneAndAlike() {
    Augmentation augmentation = Augmentation.of(views(1, false, 0, List.of(2, 2, 1)), 4);
    Set<String> seen = new HashSet<>();
    LongStream.range(0, 200)
        .forEach(
            seed -> seen.add(Arrays.toString(augmentation.seen(new float[] {1, 2, 3, 4}, seed))));

    assertThat(seen)
        .containsExactlyInAnyOrder(
            "[1.0, 2.0, 3.0, 4.0]",
            "[0.0, 1.0, 0.0, 3.0]",
            "[2.0, 0.0, 4.0, 0.0]",
            "[0.0, 0.0, 0.0, 0.0]");
  }

  @Test
  void halfOfTheViewsAreMirrored() {
    Augmentation augmentation = Augmentation.of(views(0, true, 0, List.of(1, 3)), 3);
    long mirrored =
        LongStream.range(0, 1000)
            .filter(seed -> augmentation.seen(new float[] {1, 2, 3}, seed)[0] == 3)
            .count();

    assertThat(mirrored).isBetween(430L, 570L);
  }

  @Test
  void noiseHasItsStandardDeviation() {
    Augmentation augmentation = Augmentation.of(views(0, false, 0.5, List.of()), 10_000);
    double squares = 0;
    double sum = 0;
    for (float value : augmentation.seen(new float[10_000], 3)) {
      sum += value;
      squares += value * value;
    }

    assertThat(sum / 10_000).isBetween(-0.02, 0.02);
    assertThat(Math.sqrt(squares / 10_000)).isBetween(0.48, 0.52);
  }

  @Test
  void viewsOfARowDifferAndThoseOfAnotherRowAreOthers() {
    Augmentation augmentation = Augmentation.of(views(0, false, 1, List.of()), 2);

    List<View> views = new ArrayList<>();
    augmentation.views(new Example("a", 0, new float[2]), views::add);
    augmentation.views(new Example("b", 0, new float[2]), views::add);

    assertThat(views).extracting(View::number).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(views.stream().map(View::seed).distinct()).hasSize(6);
    assertThat(views.stream().map(view -> Arrays.toString(view.example().features())).distinct())
        .hasSize(6);
  }

  @Test
  void rowsAreShownAsTheyAreWithoutAugmentation() {
    Example row = new Example("a", 0, new float[] {1});
    List<View> views = new ArrayList<>();
    Augmentation.of(ViewsConfig.plain(), 1).views(row, views::add);

    assertThat(views).containsExactly(new View(row, 0, 0));
  }

  @Test
  void refusesToShiftWhatIsNoImage() {
    assertThatThrownBy(() -> Augmentation.of(views(1, false, 0, List.of()), 10))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot augment rows of 10 features, they are no images of a square. Set"
                + " softTargets.augmentation.image to what they are, or shift to 0 and flip to"
                + " false.");
  }

  private static ViewsConfig views(int shift, boolean flip, double noise, List<Integer> image) {
    return new ViewsConfig(3, new AugmentationConfig(shift, flip, noise, image), 1);
  }

  private static int indexOf(float[] values, float wanted) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
