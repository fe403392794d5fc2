package io.sparkdistill.hinton;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The experiment's results beside those of the paper, in Markdown. The paper's numbers are from its
 * section 3, those of speech from its section 6.
 */
final class Page {
  private static final String MISSING = "not run";
  private static final int THREE = 3;
  private static final int TENTH = 1;
  private static final int HUNDREDTH = 2;

  private final List<Outcome> outcomes;

  /** Of one configuration: what was run of it, by variant and seed, the main row at least once. */
  Page(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /** All of it. */
  String text() {
    return String.join(
        "\n", head(), mainRow(), seeds(), temperatures(), transferSets(), restOfThePage());
  }

  private String head() {
    return """
        # Hinton's experiment

        <!-- Written by jobs/hinton; what is changed here by hand is lost with its next run. -->

        Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015, taught a small network what a large one had learned of MNIST. This page is what

            jobs/hinton --seeds %s

        found on 60,000 training and 10,000 test rows. `conf/hinton-mnist.conf` is what it runs, and `src/site/resources/hinton.json` has all numbers. All networks are trained by this project's
        pipeline: the teacher from the labels, by a link of a chain; then a student from the teacher's soft targets at temperature 20, and the baseline, which is the same network from the same seed
        with the same steps, from the labels alone. The paper's small networks had no regularisation; here the weights of student and baseline are limited, those of both alike. Numbers
        were chosen by training rows that were held out, but for the limit of the teacher's weights, which is one of three that were run on the test rows, too; `conf/hinton-mnist.conf` has what
        all three gave.
        """
        .formatted(of(Variant.MAIN).size());
  }

  private String mainRow() {
    List<Outcome> seeds = of(Variant.MAIN);
    String here = seeds.size() == 1 ? "here, 1 seed" : "here, " + seeds.size() + " seeds";
    return """
        ## Errors of 10,000

        | | paper | %s |
        |---|---:|---:|
        | teacher, 784-1200-1200-10, with dropout, limited weights and moved images | 67 | %s |
        | baseline, 784-800-800-10, from the labels, without dropout and moved images | 146 | %s |
        | student, the same, taught at temperature 20 | 74 | %s |
        | share of the gap that teaching closes | 0.91 | %s |
        """
        .formatted(
            here,
            Spread.of(seeds, seed -> seed.errorsOf("teacher"), TENTH),
            Spread.of(seeds, seed -> seed.errorsOf("baseline"), TENTH),
            Spread.of(seeds, seed -> seed.errorsOf("student"), TENTH),
            Spread.of(seeds, Outcome::gapClosure, HUNDREDTH));
  }

  private String seeds() {
    List<Outcome> seeds = of(Variant.MAIN);
    StringBuilder table = new StringBuilder(512);
    table.append(seeds.size() == 1 ? "" : "Mean ± standard deviation of the seeds. ");
    table.append("A seed decides first weights, order of rows, dropout and moves of images.\n\n");
    table.append("| seed | teacher | baseline | student | gap closed | minutes | processors |\n");
    table.append("|---:|---:|---:|---:|---:|---:|---:|\n");
    for (Outcome seed : seeds) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %d | %d | %d | %d | %.2f | %s | %d |%n",
              seed.seed(),
              seed.errorsOf("teacher"),
              seed.errorsOf("baseline"),
              seed.errorsOf("student"),
              seed.gapClosure(),
              minutes(seed),
              seed.processors()));
    }
    List<Outcome> first = outcomes.stream().filter(outcome -> outcome.seed() == 1).toList();
    if (first.size() > 1 && first.stream().allMatch(outcome -> outcome.minutes() > 0)) {
      table.append(
          String.format(
              Locale.ROOT,
              "%nAll of this page takes seed 1 %.0f minutes.%n",
              first.stream().mapToDouble(Outcome::minutes).sum()));
    }
    return table.toString();
  }

  private static String minutes(Outcome outcome) {
    return outcome.minutes() == 0
        ? "in parts"
        : String.format(Locale.ROOT, "%.0f", outcome.minutes());
  }

  private String temperatures() {
    String columns =
        Variant.UNITS.stream().map(units -> units + " units").collect(Collectors.joining(" | "));
    String rows =
        Variant.TEMPERATURES.stream()
            .map(temperature -> "| " + temperature + " | " + row(temperature) + " |\n")
            .collect(Collectors.joining());
    String labels =
        Variant.UNITS.stream()
            .map(units -> first(Variant.sweep(Variant.TEMPERATURES.get(0), units)))
            .map(outcome -> errors(outcome, "baseline"))
            .collect(Collectors.joining(" | "));
    return """
        ## Temperatures

        Errors of students with so many units in each of two hidden layers, by the temperature at which they were taught, of seed 1%s:

        | temperature | %s |
        |---:|---:|---:|---:|
        %s| labels alone | %s |

        The paper has no numbers here. It found that with 300 units or more all temperatures above 8 did about as well as each other, and that with 30 units those from 2.5 to 4 did better than
        any higher or lower ones.
        """
        .formatted(
            first(Variant.sweep(1, Variant.UNITS.get(0)))
                .map(outcome -> ", after " + outcome.epochs() + " epochs each")
                .orElse(""),
            columns,
            rows,
            labels);
  }

  private String row(int temperature) {
    return Variant.UNITS.stream()
        .map(units -> errors(first(Variant.sweep(temperature, units)), "student"))
        .collect(Collectors.joining(" | "));
  }

  private String transferSets() {
    Optional<Outcome> main = first(Variant.MAIN).filter(outcome -> outcome.seed() == 1);
    Optional<Outcome> share = first(Variant.SHARE);
    return """
        ## Transfer sets

        The teacher knows all digits; its student learns from some of them, and from what the teacher said of these when all rows were labelled once. Seed 1:

        | learned from | paper | here |
        |---|---|---|
        | all but the 3s | 206 errors, 133 of them 3s | %s |
        | all but the 3s, bias of the 3 moved | 109 errors, 14 of them 3s; 98.6 %% of the 3s right | %s |
        | 7s and 8s alone | 47.3 %% errors | %s |
        | 7s and 8s alone, biases of 7 and 8 moved | 13.2 %% errors | %s |
        | 3 %% of the rows, taught | of speech: 57.0 %% of frames right, and 58.9 %% with all rows | %s |
        | 3 %% of the rows, labels alone | of speech: 44.5 %% of frames right | %s |
        """
        .formatted(
            first(Variant.WITHOUT_THREES).map(Page::threes).orElse(MISSING),
            first(Variant.WITHOUT_THREES + Variant.MATCHED).map(Page::threes).orElse(MISSING),
            first(Variant.SEVENS_AND_EIGHTS).map(Page::percent).orElse(MISSING),
            first(Variant.SEVENS_AND_EIGHTS + Variant.MATCHED).map(Page::percent).orElse(MISSING),
            share.map(outcome -> taught(outcome, main)).orElse(MISSING),
            share.map(outcome -> outcome.errorsOf("baseline") + " errors").orElse(MISSING));
  }

  private static String restOfThePage() {
    return """
        The paper moved biases to where the errors on the test set were fewest: up by 3.5 for the 3, down by 7.6 for 7 and 8. Here `training.transferSet.matchFrequencies` moves them until these digits
        are predicted as often as they are labels, over all 60,000 training rows; no test row is looked at. The student is not trained again for that.

        ## Again

            jobs/hinton [--seeds N] [--first S] [--quick] [--mnist FOLDER]

        Seed 1 runs everything, other seeds the first table alone. A run that was stopped goes on from where it was; what is done in `target/hinton` is not done again. Seeds of earlier sittings stay
        on this page as long as the configuration is the same. `--quick` is a check that all of it works, in a few minutes: it trains too little for any of these numbers, and writes to
        `target/hinton-quick` alone.
        """;
  }

  private static String threes(Outcome outcome) {
    Outcome.Digit threes = outcome.digits().get(THREE);
    return String.format(
        Locale.ROOT,
        "%d errors, %d of them 3s; %.1f %% of the 3s right%s",
        outcome.errorsOf("student"),
        threes.wrong(),
        100 * threes.right(),
        moved(outcome));
  }

  private static String percent(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%.1f %% errors%s",
        100.0 * outcome.errorsOf("student") / outcome.testRows(),
        moved(outcome));
  }

  private static String moved(Outcome outcome) {
    return outcome.biases().entrySet().stream()
        .map(bias -> String.format(Locale.ROOT, "; %s by %+.1f", bias.getKey(), bias.getValue()))
        .collect(Collectors.joining());
  }

  private static String taught(Outcome share, Optional<Outcome> main) {
    return share.errorsOf("student")
        + " errors"
        + main.map(all -> ", and " + all.errorsOf("student") + " with all rows").orElse("");
  }

  private static String errors(Optional<Outcome> outcome, String model) {
    return outcome.map(known -> Long.toString(known.errorsOf(model))).orElse(MISSING);
  }

  private Optional<Outcome> first(String variant) {
    return of(variant).stream().findFirst();
  }

  private List<Outcome> of(String variant) {
    return outcomes.stream().filter(outcome -> outcome.variant().equals(variant)).toList();
  }
}
