package io.sparkdistill.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.TuningConfig;
import io.sparkdistill.config.TuningConfig.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Who is trained for how long, and who wins. */
class HalvingTest {
  @Example
  void rungsHaveFewerTrialsOfMoreEpochs() {
    assertThat(rungs(27, 45, 3, 5))
        .containsExactly(new Rungs.Rung(5, 27), new Rungs.Rung(15, 9), new Rungs.Rung(45, 3));
    assertThat(rungs(17, 45, 3, 6)).containsExactly(new Rungs.Rung(15, 17), new Rungs.Rung(45, 5));
    assertThat(rungs(2, 45, 3, 1)).containsExactly(new Rungs.Rung(45, 2));
    assertThat(rungs(100, 45, 3, 0)).containsExactly(new Rungs.Rung(45, 100));
  }

  @Property(seed = "1", tries = 300)
  void rungsKeepTheirBounds(
      @ForAll @IntRange(min = 1, max = 500) int trials,
      @ForAll @IntRange(min = 1, max = 500) int epochs,
      @ForAll @IntRange(min = 2, max = 10) int factor,
      @ForAll @IntRange(max = 50) int minEpochs) {
    List<Rungs.Rung> rungs = rungs(trials, epochs, factor, minEpochs);
    assertThat(rungs.get(0).trials()).isEqualTo(trials);
    assertThat(rungs.get(rungs.size() - 1).epochs()).isEqualTo(epochs);
    for (int i = 1; i < rungs.size(); i++) {
      assertThat(rungs.get(i).epochs()).isGreaterThan(rungs.get(i - 1).epochs());
      assertThat(rungs.get(i).trials()).isEqualTo(rungs.get(i - 1).trials() / factor).isPositive();
    }
    if (rungs.size() > 1) {
      assertThat(rungs.get(0).epochs()).isGreaterThanOrEqualTo(minEpochs).isPositive();
    }
  }

  @Property(seed = "2", tries = 100)
  void bestTrialWinsAndTheOneAsConfiguredIsInEveryRung(
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 2, max = 4) int factor,
      @ForAll @IntRange(max = 59) int turn) {
    List<Trial> trials = trials(count);
    List<Rungs.Rung> rungs = rungs(count, 64, factor, 1);
    List<List<Integer>> trained = new ArrayList<>();

    List<Standing> standings =
        new Halving(rungs, Metric.ERRORS)
            .run(
                trials,
                (some, rung) -> {
                  trained.add(some.stream().map(Trial::number).toList());
                  return some.stream().map(trial -> score(errors(trial, turn, count))).toList();
                });

    assertThat(standings).hasSize(count);
    assertThat(errors(standings.get(0).trial(), turn, count)).isZero();
    assertThat(trained).hasSize(rungs.size());
    for (int rung = 0; rung < rungs.size(); rung++) {
      assertThat(trained.get(rung)).contains(1).isSorted();
      assertThat(trained.get(rung).size() - rungs.get(rung).trials()).isIn(0, 1);
    }
  }

  @Example
  void ofEqualErrorsTheBetterLikelihoodWinsAndThenTheLowerNumber() {
    List<Standing> standings =
        new Halving(rungs(3, 4, 2, 0), Metric.ERRORS)
            .run(
                trials(3),
                (some, rung) ->
                    List.of(
                        new TrialScore(9, 2, 0.5, 0.1, 7),
                        new TrialScore(9, 2, 0.4, 0.2, 7),
                        new TrialScore(9, 2, 0.4, 0.2, 7)));
    assertThat(standings.stream().map(standing -> standing.trial().number()))
        .containsExactly(2, 3, 1);
  }

  @Example
  void trialThatDivergedIsLastAndIsTrainedNoLonger() {
    List<List<Integer>> trained = new ArrayList<>();
    List<Standing> standings =
        new Halving(rungs(2, 4, 2, 1), Metric.KL)
            .run(
                trials(2),
                (some, rung) -> {
                  trained.add(some.stream().map(Trial::number).toList());
                  return some.stream()
                      .map(trial -> trial.number() == 1 ? TrialScore.diverged(9) : score(8))
                      .toList();
                });
    assertThat(trained).containsExactly(List.of(1, 2), List.of(2));
    assertThat(standings.get(0).trial().number()).isEqualTo(2);
    assertThat(standings.get(1).score().trained()).isFalse();
  }

  @Example
  void nobodyIsTrainedAnyMoreWhenAllDiverged() {
    List<Standing> standings =
        new Halving(rungs(4, 4, 2, 1), Metric.NLL)
            .run(
                trials(4), (some, rung) -> some.stream().map(t -> TrialScore.diverged(9)).toList());
    assertThat(standings).allMatch(standing -> standing.rung() == 0);
  }

  private static int errors(Trial trial, int turn, int count) {
    return Math.floorMod(trial.number() + turn, count);
  }

  private static TrialScore score(int errors) {
    return new TrialScore(100, errors, errors, errors, 7);
  }

  private static List<Trial> trials(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            number -> {
              TreeMap<String, String> values = new TreeMap<>();
              if (number > 1) {
                values.put("training.seed", Integer.toString(number));
              }
              return new Trial(number, values);
            })
        .toList();
  }

  private static List<Rungs.Rung> rungs(int trials, int epochs, int factor, int minEpochs) {
    return Rungs.of(trials, epochs, new TuningConfig.Halving(factor, minEpochs));
  }
}
