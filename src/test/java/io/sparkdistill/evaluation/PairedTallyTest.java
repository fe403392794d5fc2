package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What chance has to do with the difference of two students. */
class PairedTallyTest {
  private static final float[] RIGHT = {1, 0};
  private static final float[] WRONG = {0, 1};
  private static final float[] TEACHER = {2, 0};

  @Test
  void errorsAreComparedByTheRowsThatOneAloneGetsWrong() {
    PairedTally tally = new PairedTally();
    add(tally, 2, WRONG, RIGHT);
    add(tally, 10, RIGHT, WRONG);
    add(tally, 50, RIGHT, RIGHT);
    add(tally, 7, WRONG, WRONG);

    assertThat(tally.firstAloneWrong()).isEqualTo(2);
    assertThat(tally.secondAloneWrong()).isEqualTo(10);
    // Twice the probability of at most 2 heads in 12 throws.
    assertThat(tally.errorsP()).isCloseTo(2 * (1 + 12 + 66) / 4096.0, within(1e-12));
  }

  @Test
  void equalErrorsAreChance() {
    PairedTally tally = new PairedTally();
    add(tally, 4, WRONG, WRONG);
    assertThat(tally.errorsP()).isEqualTo(1);
    assertThat(tally.nllP()).isEqualTo(1);
    assertThat(tally.klP()).isEqualTo(1);
    add(tally, 3, WRONG, RIGHT);
    add(tally, 3, RIGHT, WRONG);
    assertThat(tally.errorsP()).isEqualTo(1);
  }

  /** The differences 1, 2, 3 and 4 have t = 3.873 with 3 degrees of freedom. */
  @Test
  void likelihoodsAreComparedByStudentsTest() {
    PairedTally tally = new PairedTally();
    for (int difference = 1; difference <= 4; difference++) {
      tally.add(withNll(1), withNll(1 + difference), TEACHER, 0);
    }
    assertThat(tally.nllP()).isCloseTo(0.030466, within(1e-5));
    assertThat(tally.klP()).isLessThan(0.05);
  }

  @Test
  void sameDifferenceInAllRowsIsNoChance() {
    PairedTally tally = new PairedTally();
    for (int i = 0; i < 4; i++) {
      tally.add(RIGHT, WRONG, TEACHER, 0);
    }
    assertThat(tally.nllP()).isLessThan(1e-9);
  }

  @Test
  void talliesOfPartsAddUpAndTheOrderOfTheStudentsDoesNotMatter() {
    PairedTally whole = new PairedTally();
    PairedTally turned = new PairedTally();
    PairedTally first = new PairedTally();
    PairedTally second = new PairedTally();
    for (int i = 0; i < 40; i++) {
      float[] a = {i % 7, i % 3};
      float[] b = {i % 5, i % 4};
      whole.add(a, b, TEACHER, i % 2);
      turned.add(b, a, TEACHER, i % 2);
      (i < 13 ? first : second).add(a, b, TEACHER, i % 2);
    }
    PairedTally sum = first.plus(second);
    assertThat(sum.errorsP()).isEqualTo(whole.errorsP()).isEqualTo(turned.errorsP());
    assertThat(sum.nllP()).isCloseTo(whole.nllP(), within(1e-12));
    assertThat(turned.nllP()).isCloseTo(whole.nllP(), within(1e-12));
    assertThat(turned.firstAloneWrong()).isEqualTo(whole.secondAloneWrong());
  }

  private static void add(PairedTally tally, int rows, float[] first, float[] second) {
    for (int i = 0; i < rows; i++) {
      tally.add(first, second, TEACHER, 0);
    }
  }

  /** Logits by which class 0 has a negative log-likelihood. */
  private static float[] withNll(double nll) {
    return new float[] {0, (float) Math.log(Math.exp(nll) - 1)};
  }
}
