package io.sparkdistill.pipeline.students;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.ScheduleConfig;
import io.sparkdistill.objective.FeatureTerm;
import io.sparkdistill.objective.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said about the terms of a loss. */
class TermWatchTest {
  @Test
  void termThatIsAHundredTimesTheOtherIsSaidOnce() {
    TermWatch watch = watch("student");
    assertThat(watch.after(1, new Terms(5, 5, 10, 0.0011, 10))).isEmpty();
    assertThat(watch.after(2, new Terms(5, 5, 10, 0.00025, 10)))
        .contains(
            "student learns from the teacher's answers alone, in round 2 their gradient is 200"
                + " times that of the labels: 1.00 and 0.00500. Change objective.softWeight, unless"
                + " this is meant.");
    assertThat(watch.after(3, new Terms(5, 5, 10, 0.00025, 10))).isEmpty();
  }

  @Test
  void labelsMayBeTheOnesThatRule() {
    assertThat(watch("student").after(7, new Terms(5, 5, 0.00001, 10, 10)).orElseThrow())
        .startsWith(
            "student learns from the labels alone, in round 7 their gradient is 1000 times");
  }

  @Test
  void termWithoutWeightIsNotMissed() {
    assertThat(watch("baseline").after(1, new Terms(0, 5, 0, 10, 10))).isEmpty();
    assertThat(watch("baseline").after(1, Terms.none())).isEmpty();
    assertThat(TermWatch.note(new Terms(0, 5, 0, 10, 10))).isEmpty();
    assertThat(TermWatch.note(Terms.none())).isEmpty();
  }

  @Test
  void aWayThatEndsWithOneTermIsNoMistake() {
    Terms first = new Terms(5, 5, 10, 0.00001, 10);
    assertThat(new TermWatch("student", way(1, 0)).after(1, first)).isEmpty();
    assertThat(new TermWatch("student", way(0.995, 0.5)).after(1, first)).isEmpty();
    assertThat(new TermWatch("student", way(0.9, 0.5)).after(1, first)).isPresent();
  }

  private static ScheduleConfig way(double from, double to) {
    return new ScheduleConfig(ScheduleConfig.Shape.LINEAR, from, to, ScheduleConfig.By.STEP);
  }

  private static TermWatch watch(String name) {
    return new TermWatch(name, ScheduleConfig.constant(0.9));
  }

  @Test
  void noteHasBothTermsAsMeans() {
    assertThat(TermWatch.note(new Terms(5, 2.5, 10, 2.5, 10)))
        .isEqualTo(" = soft 0.5000 + hard 0.2500, gradients 1.00 and 0.500");
    List<FeatureTerm> hint = List.of(new FeatureTerm("hint1", 20, 40, 10));
    assertThat(TermWatch.note(new Terms(5, 2.5, 10, 2.5, 10).with(hint)))
        .endsWith(" and 0.500, hint1 2.0000 (gradient 2.00)");
  }
}
