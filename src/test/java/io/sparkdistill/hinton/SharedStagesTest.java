package io.sparkdistill.hinton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output begins with what another one has published, once for each teacher. */
class SharedStagesTest {
  private static final List<String> STAGES = List.of("soft-targets", "student");

  @TempDir private Path folder;

  @Test
  void copiesOnceAndBeginsAnewWhenTheTeacherHasSaidOtherThings() throws IOException {
    Path from = folder.resolve("from");
    Path to = folder.resolve("to");
    write(from.resolve("soft-targets/manifest.json"), "one");
    write(from.resolve("soft-targets/files/a/part"), "rows");
    write(from.resolve("student/manifest.json"), "student");
    write(from.resolve("evaluation/manifest.json"), "evaluation");

    assertThat(SharedStages.copy(from, to, STAGES)).isTrue();
    assertThat(to.resolve("soft-targets/files/a/part")).hasContent("rows");
    assertThat(to.resolve("evaluation")).doesNotExist();

    write(to.resolve("student/manifest.json"), "another student");
    assertThat(SharedStages.copy(from, to, STAGES)).isFalse();
    assertThat(to.resolve("student/manifest.json")).hasContent("another student");

    write(from.resolve("soft-targets/manifest.json"), "two");
    assertThat(SharedStages.copy(from, to, STAGES)).isTrue();
    assertThat(to.resolve("soft-targets/manifest.json")).hasContent("two");
    assertThat(to.resolve("student/manifest.json")).hasContent("student");
    assertThat(folder.resolve("to.part")).doesNotExist();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
