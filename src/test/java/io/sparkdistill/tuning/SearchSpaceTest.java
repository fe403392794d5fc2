package io.sparkdistill.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.ParameterConfig;
import io.sparkdistill.config.ParameterConfig.Numbers;
import io.sparkdistill.config.ParameterConfig.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Combinations of values: all of them, or some by chance. */
class SearchSpaceTest {
  @Property(seed = "1", tries = 50)
  void gridHasEachCombinationOnce(
      @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 4) Integer> sizes) {
    List<ParameterConfig> parameters = new ArrayList<>();
    int combinations = 1;
    for (int size : sizes) {
      parameters.add(choice("key" + parameters.size(), size));
      combinations *= size;
    }
    assertThat(new SearchSpace(parameters).grid()).hasSize(combinations).doesNotHaveDuplicates();
  }

  @Property(seed = "2", tries = 200)
  void drawsAreInTheirRange(
      @ForAll @DoubleRange(min = 0.01, max = 1e3) double from,
      @ForAll @DoubleRange(min = 1.01, max = 1e3) double times,
      @ForAll Scale scale,
      @ForAll long seed) {
    double to = from * times;
    SearchSpace space =
        new SearchSpace(List.of(new ParameterConfig.Range("key", from, to, scale, Numbers.REAL)));
    for (SortedMap<String, String> draw : space.draws(20, seed)) {
      assertThat(Double.parseDouble(draw.get("key"))).isBetween(from, to);
    }
  }

  @Property(seed = "3", tries = 100)
  void wholeNumbersAreWholeAndInTheirRange(
      @ForAll @IntRange(min = 1, max = 1000) int from,
      @ForAll @IntRange(min = 1, max = 100_000) int more,
      @ForAll Scale scale,
      @ForAll long seed) {
    SearchSpace space =
        new SearchSpace(
            List.of(new ParameterConfig.Range("key", from, from + more, scale, Numbers.WHOLE)));
    for (SortedMap<String, String> draw : space.draws(20, seed)) {
      assertThat(Long.parseLong(draw.get("key"))).isBetween((long) from, (long) from + more);
    }
  }

  @Property(seed = "4", tries = 50)
  void sameSeedGivesTheSameDrawsAndMoreBeginWithThem(
      @ForAll long seed,
      @ForAll @IntRange(max = 20) int few,
      @ForAll @IntRange(max = 20) int more) {
    List<ParameterConfig> parameters =
        List.of(choice("b", 5), new ParameterConfig.Range("a", 1, 9, Scale.LOG, Numbers.REAL));
    List<ParameterConfig> turned = List.of(parameters.get(1), parameters.get(0));
    List<SortedMap<String, String>> draws = new SearchSpace(parameters).draws(few, seed);
    assertThat(draws).hasSize(few);
    assertThat(new SearchSpace(turned).draws(few + more, seed).subList(0, few)).isEqualTo(draws);
  }

  @Example
  void logarithmicDrawsHaveAsManyInEachDecade() {
    SearchSpace space =
        new SearchSpace(
            List.of(new ParameterConfig.Range("key", 1e-4, 1e-1, Scale.LOG, Numbers.REAL)));
    long[] decades = new long[3];
    for (SortedMap<String, String> draw : space.draws(3000, 7)) {
      decades[(int) Math.min(2, Math.log10(Double.parseDouble(draw.get("key"))) + 4)]++;
    }
    for (long count : decades) {
      assertThat(count).isBetween(900L, 1100L);
    }
  }

  @Example
  void bothEndsOfAWholeRangeHaveTheirShare() {
    SearchSpace space =
        new SearchSpace(
            List.of(new ParameterConfig.Range("key", 1, 4, Scale.LINEAR, Numbers.WHOLE)));
    List<String> draws = space.draws(4000, 7).stream().map(draw -> draw.get("key")).toList();
    for (String value : List.of("1", "2", "3", "4")) {
      assertThat(draws.stream().filter(value::equals).count()).isBetween(880L, 1120L);
    }
  }

  @Example
  void rangeHasNoGrid() {
    SearchSpace space =
        new SearchSpace(
            List.of(new ParameterConfig.Range("key", 1, 4, Scale.LINEAR, Numbers.REAL)));
    assertThatThrownBy(space::grid).isInstanceOf(IllegalArgumentException.class).hasMessage("key");
  }

  private static ParameterConfig choice(String key, int values) {
    return new ParameterConfig.Choice(
        key, IntStream.range(0, values).mapToObj(String::valueOf).toList());
  }
}
