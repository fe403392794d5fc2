package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.ValidationConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training ends when students get no better, and gives the best. */
class ValidationTest {
  private static final TrainingPlan PLAN = new TrainingPlan(List.of(10), 5, 10, 1);

  @Test
  void trainingEndsAfterAsManyEpochsWithoutABetterStudentAndGivesTheBest() {
    Validation validation = validation(new ValidationConfig(0.1, 2, 0), 3, 2, 2.5, 2, 1);
    TrainingState end = run(validation);
    assertThat(end.rounds()).isEqualTo(4);
    assertThat(end.best().loss()).isEqualTo(2);
    assertThat(validation.chosen(end)).containsExactly(2);
  }

  @Test
  void withoutPatienceTrainingGoesToTheEndAndGivesTheBest() {
    Validation validation = validation(new ValidationConfig(0.1, 0, 0), 3, 1, 2, 2, 2);
    TrainingState end = run(validation);
    assertThat(end.rounds()).isEqualTo(5);
    assertThat(validation.chosen(end)).containsExactly(2);
  }

  @Test
  void smallImprovementsAreNone() {
    Validation validation = validation(new ValidationConfig(0.1, 2, 0.5), 3, 2.8, 2.6, 2.4, 1);
    TrainingState end = run(validation);
    assertThat(end.rounds()).isEqualTo(3);
    assertThat(validation.chosen(end)).containsExactly(1);
  }

  @Test
  void aLossThatIsNoNumberIsWorseThanAnyOther() {
    Validation validation =
        validation(new ValidationConfig(0.1, 0, 0), Double.NaN, 3, Double.NaN, 2, 4);
    TrainingState end = run(validation);
    assertThat(end.best().loss()).isEqualTo(2);
    assertThat(validation.chosen(end)).containsExactly(4);
  }

  @Test
  void withoutHeldOutRowsTheLastStudentIsGiven() {
    TrainingState end = run(Validation.none());
    assertThat(end.rounds()).isEqualTo(5);
    assertThat(Validation.none().chosen(end)).containsExactly(5);
    assertThat(end.best().parameters()).isEmpty();
  }

  private static Validation validation(ValidationConfig config, double... losses) {
    Deque<Double> left = new ArrayDeque<>();
    for (double loss : losses) {
      left.add(loss);
    }
    return new Validation(config, parameters -> new HeldOutScore(left.remove(), 0.5));
  }

  /** Five epochs of one round, whose students are 1, 2 and so on. */
  private static TrainingState run(Validation validation) {
    return new RoundLoop(
            PLAN,
            (round, from) ->
                RoundResult.of(
                    new Contribution(
                        new NetworkState(new float[] {round.number() + 1}, new float[0]), 1, 1)),
            new Rules(OuterStep.mean(), validation, 10),
            CheckpointFolder.unused().of(PLAN),
            (round, rounds, epoch, loss) -> {},
            System::nanoTime)
        .run(
            TrainingState.initial(
                new NetworkState(new float[1], new float[0]), List.of(), OuterStep.mean()));
  }
}
