package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.ValidationConfig;
import io.sparkdistill.objective.HeadTerms;
import io.sparkdistill.objective.Terms;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written about rounds. */
class RoundLogTest {
  private static final String NAMES =
      "round,epoch,samples,loss,heldOutLoss,heldOutAccuracy,softLoss,softGradient,hardLoss,"
          + "hardGradient\n";

  @Test
  void lineHasWhatIsKnownOfARound() {
    RoundLog log =
        RoundLog.none()
            .and(new RoundLine(1, 0, 7, 2.5, Optional.empty(), Terms.none()))
            .and(
                new RoundLine(
                    2,
                    1,
                    1L << 40,
                    1e-5,
                    Optional.of(new HeldOutScore(0.25, Double.NaN)),
                    new Terms(5, 2.5, 10, 2.5, 10)));
    assertThat(log.text())
        .isEqualTo(NAMES + "1,0,7,2.5,,,,,,\n2,1,1099511627776,1.0E-5,0.25,,0.5,1.0,0.25,0.5\n");
  }

  @Test
  void logGoesOnFromItsText() {
    RoundLine line = new RoundLine(1, 1, 7, 0.1, Optional.empty(), Terms.none());
    RoundLog one = RoundLog.none().and(line);
    assertThat(RoundLog.of(one.text()).and(line).text()).isEqualTo(one.and(line).text());
    assertThat(RoundLog.of("").text()).isEqualTo(NAMES);
    assertThat(RoundLog.of("round,other\n1,2\n").text()).isEqualTo(NAMES);
  }

  @Test
  void termsOfHeadsHaveColumnsOfTheirOwnThatCanBeCutOut() {
    Terms terms =
        new Terms(
            0,
            0,
            0,
            0,
            0,
            List.of(),
            List.of(
                new HeadTerms("digit", new Terms(5, 2.5, 10, 2.5, 10)),
                new HeadTerms("parity", new Terms(0, 20, 0, 10, 10))));
    RoundLine line = new RoundLine(1, 1, 10, 2.75, Optional.of(new HeldOutScore(3, 0.5)), terms);
    RoundLog log = RoundLog.none().and(line);

    assertThat(log.text())
        .isEqualTo(
            NAMES.strip()
                + ",digit.softLoss,digit.softGradient,digit.hardLoss,digit.hardGradient"
                + ",parity.softLoss,parity.softGradient,parity.hardLoss,parity.hardGradient\n"
                + "1,1,10,2.75,3.0,0.5,,,,,0.5,1.0,0.25,0.5,0.0,0.0,2.0,1.0\n");
    assertThat(RoundLog.of(log.text()).and(line).text()).isEqualTo(log.and(line).text());
    assertThat(HeadRounds.of(log.text(), "digit"))
        .isEqualTo(NAMES + "1,1,10,0.75,,,0.5,1.0,0.25,0.5\n");
    assertThat(HeadRounds.of(log.text(), "parity"))
        .isEqualTo(NAMES + "1,1,10,2.0,,,0.0,0.0,2.0,1.0\n");
    assertThat(HeadRounds.of(NAMES + "1,1,7,0.1,,,,,,\n", "digit"))
        .isEqualTo(NAMES + "1,1,7,,,,,,,\n");
  }

  @Test
  void longLogNeedsNoDeepStack() {
    RoundLog log = RoundLog.none();
    for (int round = 1; round <= 200_000; round++) {
      log = log.and(new RoundLine(round, 1, 1, 1, Optional.empty(), Terms.none()));
    }
    assertThat(log.text().lines()).hasSize(200_001);
  }

  @Test
  void everyRoundIsWrittenAndEpochsEndWithWhatHeldOutRowsSay() {
    TrainingPlan plan = new TrainingPlan(List.of(4), 2, 1, 3);
    TrainingState end =
        new RoundLoop(
                plan,
                (round, from) ->
                    RoundResult.of(
                        new Contribution(
                            new NetworkState(new float[1], new float[0]),
                            round.steps(),
                            0.5 * round.steps())),
                new Rules(
                    OuterStep.mean(),
                    new Validation(
                        new ValidationConfig(0.1, 0, 0), parameters -> new HeldOutScore(0.75, 0.5)),
                    10),
                CheckpointFolder.unused().of(plan),
                (round, rounds, epoch, loss) -> {},
                System::nanoTime)
            .run(
                TrainingState.initial(
                    new NetworkState(new float[1], new float[0]), List.of(), OuterStep.mean()));
    assertThat(end.log().text())
        .isEqualTo(
            NAMES
                + "1,1,3,0.5,,,,,,\n"
                + "2,1,1,0.5,0.75,0.5,,,,\n"
                + "3,2,3,0.5,,,,,,\n"
                + "4,2,1,0.5,0.75,0.5,,,,\n");
  }
}
