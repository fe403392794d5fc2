package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.IntegrityException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training wrote about its rounds is read, or refused. */
class RoundsTest {
  @Test
  void readsNumbersAndBlanks() {
    Rounds rounds = rounds("round,loss,heldOutLoss\n1,2.5,\n2,1.25,0.5\n");

    assertThat(rounds.size()).isEqualTo(2);
    assertThat(rounds.column("loss")).containsExactly(2.5, 1.25);
    assertThat(rounds.column("heldOutLoss")).containsExactly(Double.NaN, 0.5);
    assertThat(rounds.has("other")).isFalse();
  }

  @Test
  void trainingThatWroteOfNoRoundHasNoCurves() {
    assertThat(CurvesSection.of(Map.of("student", rounds("round,loss\n")))).isEmpty();
  }

  @Test
  void curvesOfAShortTrainingAreNotSaidToBeMeansOfAsManyRoundsAsThoseOfALongOne() {
    Section curves =
        CurvesSection.of(Map.of("student", rounds(losses(400)), "pruned", rounds(losses(100))))
            .orElseThrow();
    assertThat(curves.lead()).endsWith(" A point is the mean of up to 3 rounds.");
    assertThat(CurvesSection.of(Map.of("student", rounds(losses(400)))).orElseThrow().lead())
        .endsWith(" A point is the mean of 3 rounds.");
  }

  private static String losses(int rounds) {
    return "round,loss\n"
        + IntStream.rangeClosed(1, rounds)
            .mapToObj(round -> round + "," + 1.0 / round + "\n")
            .collect(Collectors.joining());
  }

  @Test
  void theOnlyTermOfALossIsNotDrawnTwice() {
    Rounds rounds = rounds("round,loss,softLoss,hardLoss\n1,2,0,2\n2,1,0,1\n");

    assertThat(Curve.lines(Curve.Group.LOSS, rounds))
        .extracting(Line::name)
        .containsExactly("loss");
  }

  @Test
  void thinsByMeansAndKeepsGaps() {
    Rounds thin = rounds("round,loss,b\n1,1,\n2,3,\n3,5,7\n4,7,\n5,9,\n").thinned(3);

    assertThat(thin.column("round")).containsExactly(1.5, 3.5, 5.0);
    assertThat(thin.column("loss")).containsExactly(2.0, 6.0, 9.0);
    assertThat(thin.column("b")).containsExactly(Double.NaN, 7.0, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b\n1,2\n", "round,round\n1,2\n", "round,a\n1\n", "round,a\n1,x\n"})
  void refusesWhatIsDamaged(String csv) {
    assertThatThrownBy(() -> rounds(csv))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Cannot read rounds here, it is damaged: line ")
        .hasMessageEndingWith(". Restore it, or use another output.");
  }

  private static Rounds rounds(String csv) {
    return Rounds.parse(csv.getBytes(StandardCharsets.UTF_8), "rounds here");
  }
}
