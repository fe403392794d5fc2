package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.IntegrityException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final Manifest MANIFEST =
      Manifest.unpublished(
          "student", Map.of("codec", "int8"), Map.of("rows", "12", "engine", "rounds"), List.of());

  @Test
  void givesWhatItHas() {
    assertThat(MANIFEST.number("rows")).isEqualTo(12);
    assertThat(MANIFEST.fact("engine")).isEqualTo("rounds");
    assertThat(MANIFEST.input("codec")).isEqualTo("int8");
  }

  @Test
  void whatItLacksIsARefusalOfItsIntegrity() {
    assertThatThrownBy(() -> MANIFEST.number("steps"))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot use manifest 0 of student, it lacks the fact: steps. Publish it again.");
    assertThatThrownBy(() -> MANIFEST.input("classes"))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot use manifest 0 of student, it lacks the input: classes. Publish it again.");
    assertThatThrownBy(() -> MANIFEST.file("student.zip"))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot use manifest 0 of student, it lacks the file: student.zip. Publish it again.");
    assertThatThrownBy(() -> MANIFEST.number("engine"))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot use manifest 0 of student, its fact engine is no number: rounds. Publish it"
                + " again.");
  }
}
