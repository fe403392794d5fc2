package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.evaluation.GalleryAnswer.ClassProbability;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.SoftTarget;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The rows about which student and teacher disagree most. */
class GalleryTallyTest {
  private static final Answer SURE = Answer.of(new float[] {5, 0, 0});

  @Test
  void showsTheLargestDivergencesAndOfEqualOnesTheFirstIds() {
    GalleryTally tally = new GalleryTally(3);
    tally.add(row("d", 1), SURE, answer(1));
    tally.add(row("c", 1), SURE, answer(3));
    tally.add(row("b", 1), SURE, answer(0));
    tally.add(row("a", 1), SURE, answer(0));
    tally.add(row("e", 1), SURE, SURE);

    assertThat(tally.rows().stream().map(GalleryRow::id)).containsExactly("a", "b", "d");
    assertThat(tally.rows().get(0).kl()).isEqualTo(tally.rows().get(1).kl()).isPositive();
  }

  @Test
  void tellsWhatBothSay() {
    GalleryTally tally = new GalleryTally(1);
    tally.add(row("a", 1), SURE, Answer.of(new float[] {0, 1, 1}));

    GalleryRow row = tally.rows().get(0);
    assertThat(row.label()).isEqualTo(1);
    assertThat(row.features()).isEmpty();
    assertThat(row.seen(new float[] {1, 2}).features()).containsExactly(1f, 2f);
    assertThat(row.teacher().predicted()).isZero();
    assertThat(row.teacher().labelProbability()).isCloseTo(1 / (2 + Math.exp(5)), within(1e-8));
    assertThat(row.student().best().stream().map(ClassProbability::label)).containsExactly(1, 2, 0);
    assertThat(row.student().best().get(0).probability())
        .isEqualTo(row.student().labelProbability());
  }

  @Test
  void leavesOutInputsThatAreTooLargeAndClassesThatHardlyMatter() {
    GalleryTally tally = new GalleryTally(1);
    SoftTarget wide = new SoftTarget("a", 0, 1, new float[65_537], new float[20]);
    tally.add(wide, Answer.of(new float[20]), Answer.of(new float[20]));

    assertThat(tally.rows().get(0).seen(wide.features()).features()).isEmpty();
    assertThat(tally.rows().get(0).student().best()).hasSize(10);
  }

  @Test
  void galleryOfNoRowsTakesNone() {
    GalleryTally tally = new GalleryTally(0);
    tally.add(row("a", 1), SURE, answer(0));
    assertThat(tally.rows()).isEmpty();
  }

  @Test
  void isReadAsItWasWrittenWhateverAnIdHolds() {
    GalleryTally tally = new GalleryTally(1);
    tally.add(row("<script>\"\u2028</script>", 1), SURE, answer(0));
    Gallery gallery = Gallery.of(tally.rows());

    assertThat(Gallery.fromJson(gallery.toJson())).isEqualTo(gallery);
  }

  @Test
  void galleryOfAnotherVersionIsRefusedNamingBoth() {
    byte[] json = "{\"schemaVersion\":2,\"rows\":[]}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Gallery.fromJson(json))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot read a gallery, it is of another format: schema version 2, and this build reads"
                + " schema version 1. Use the release that wrote it, or evaluate into another"
                + " output.");
  }

  private static Answer answer(float first) {
    return Answer.of(new float[] {first, 0, 0});
  }

  private static SoftTarget row(String id, int label) {
    return new SoftTarget(id, 0, label, new float[] {1, 2}, SURE.logits());
  }
}
