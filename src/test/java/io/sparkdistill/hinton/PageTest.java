package io.sparkdistill.hinton;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page says what was found, beside what the paper says, and what was not run. */
class PageTest {
  @Test
  void oneSeedStandsAloneAndWhatWasNotRunIsSaidToBeMissing() {
    String page = new Page(List.of(main(4, 60, 140, 80, 41.2))).text();
    assertThat(page.lines())
        .contains(
            "# Hinton's experiment",
            "| | paper | here, 1 seed |",
            "| student, the same, taught at temperature 20 | 74 | 80.0 |",
            "| share of the gap that teaching closes | 0.91 | 0.75 |",
            "| 4 | 60 | 140 | 80 | 0.75 | 41 | 2 |",
            "| 20 | not run | not run | not run |",
            "| labels alone | not run | not run | not run |",
            "| 7s and 8s alone | 47.3 % errors | not run |",
            "| 3 % of the rows, labels alone | of speech: 44.5 % of frames right | not run |")
        .noneMatch(line -> line.startsWith("Mean ±") || line.startsWith("All of this page"));
  }

  @Test
  void severalSeedsAreMeanAndStandardDeviation() {
    String page =
        new Page(
                List.of(main(1, 60, 140, 80, 40), main(2, 62, 150, 80, 0), main(3, 64, 160, 80, 1)))
            .text();
    assertThat(page.lines())
        .contains(
            "| | paper | here, 3 seeds |",
            "| teacher, 784-1200-1200-10, with dropout, limited weights and moved images | 67 |"
                + " 62.0 ± 2.0 |",
            "| baseline, 784-800-800-10, from the labels, without dropout and moved images | 146 | 150.0 ± 10.0 |",
            "| student, the same, taught at temperature 20 | 74 | 80.0 ± 0.0 |",
            "| share of the gap that teaching closes | 0.91 | 0.79 ± 0.04 |",
            "| 2 | 62 | 150 | 80 | 0.80 | in parts | 2 |")
        .anyMatch(line -> line.startsWith("Mean ± standard deviation of the seeds."));
  }

  @Test
  void temperaturesAndTransferSetsAreOfTheFirstSeed() {
    List<Outcome> outcomes = new ArrayList<>(List.of(main(1, 60, 140, 80, 40)));
    outcomes.add(outcome("t1-800", Map.of("student", 101L, "baseline", 150L), 0, Map.of()));
    outcomes.add(outcome("t20-300", Map.of("student", 95L), 0, Map.of()));
    outcomes.add(outcome(Variant.WITHOUT_THREES, Map.of("student", 206L), 133, Map.of()));
    outcomes.add(
        outcome(
            Variant.WITHOUT_THREES + Variant.MATCHED,
            Map.of("student", 109L),
            14,
            Map.of("3", 3.49)));
    outcomes.add(
        outcome(
            Variant.SEVENS_AND_EIGHTS + Variant.MATCHED,
            Map.of("student", 1320L),
            9,
            Map.of("7", -7.61, "8", -7.0)));
    outcomes.add(outcome(Variant.SHARE, Map.of("student", 300L, "baseline", 500L), 9, Map.of()));
    assertThat(new Page(outcomes).text().lines())
        .contains(
            "| temperature | 800 units | 300 units | 30 units |",
            "| 1 | 101 | not run | not run |",
            "| 20 | not run | 95 | not run |",
            "| labels alone | 150 | not run | not run |",
            "| all but the 3s | 206 errors, 133 of them 3s | 206 errors, 133 of them 3s; 86.8 % of"
                + " the 3s right |",
            "| all but the 3s, bias of the 3 moved | 109 errors, 14 of them 3s; 98.6 % of the 3s"
                + " right | 109 errors, 14 of them 3s; 98.6 % of the 3s right; 3 by +3.5 |",
            "| 7s and 8s alone, biases of 7 and 8 moved | 13.2 % errors | 13.2 % errors; 7 by -7.6;"
                + " 8 by -7.0 |",
            "| 3 % of the rows, taught | of speech: 57.0 % of frames right, and 58.9 % with all"
                + " rows | 300 errors, and 80 with all rows |",
            "| 3 % of the rows, labels alone | of speech: 44.5 % of frames right | 500 errors |",
            "All of this page takes seed 1 52 minutes.")
        .anyMatch(line -> line.endsWith("of seed 1, after 10 epochs each:"));
  }

  static Outcome main(long seed, long teacher, long baseline, long student, double minutes) {
    return new Outcome(
        Variant.MAIN,
        seed,
        "of main",
        50,
        minutes,
        2,
        10_000,
        Map.of("teacher", teacher, "baseline", baseline, "student", student),
        Collections.nCopies(10, new Outcome.Digit(1000, 8)),
        Map.of());
  }

  private static Outcome outcome(
      String variant, Map<String, Long> errors, long wrongThrees, Map<String, Double> biases) {
    return new Outcome(
        variant,
        1,
        "of " + variant,
        10,
        2,
        2,
        10_000,
        errors,
        Collections.nCopies(10, new Outcome.Digit(1010, wrongThrees)),
        biases);
  }
}
