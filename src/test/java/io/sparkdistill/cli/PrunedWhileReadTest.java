package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.TransientException;
import io.sparkdistill.softtargets.SoftTargets;
import io.sparkdistill.storage.VersionHold;
import io.sparkdistill.testing.ReadOnlyFileSystem;
import io.sparkdistill.testing.ReadOnlyFileSystem.Refusal;
import io.sparkdistill.testing.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that is read from Java while others publish and prune. */
class PrunedWhileReadTest {
  @TempDir private static Path shared;
  private static PrunableOutput made;

  @TempDir private Path folder;

  @BeforeAll
  static void label() throws IOException {
    made = PrunableOutput.create(shared);
  }

  @Test
  void whoMayNotWriteReadsUntilPruneTakesTheVersion() throws IOException {
    PrunableOutput output = made.copy(folder);
    // Version 5 is published while version 4 is read.
    Path newest = output.cache().resolve("versions/5.json");
    Path later = Files.move(newest, folder.resolve("5.json"));
    String place = ReadOnlyFileSystem.place(Refusal.ACCESS_CONTROL, output.cache()).toString();
    try (SparkSession spark = session();
        Warnings warnings = Warnings.of(VersionHold.class);
        SoftTargets targets = SoftTargets.open(spark, place)) {
      assertThat(warnings.lines()).hasSize(1);
      assertThat(warnings.lines().get(0))
          .startsWith("Cannot hold version 4 of " + place + " while it is read, ");
      assertThat(targets.rows().collectAsList()).hasSize(60);
      Files.move(later, newest);

      assertThat(output.done("prune", "--keep", "1").out())
          .contains("soft-targets: removed versions 1, 2, 3, 4: ");

      assertThatThrownBy(targets::rows)
          .isInstanceOf(TransientException.class)
          .hasMessage(
              "Cannot read version 4 of "
                  + place
                  + ", it is not there any more: it was pruned meanwhile. Run again, which reads"
                  + " the newest version.");
      try (SoftTargets again = SoftTargets.open(spark, place)) {
        assertThat(again.report().version()).isEqualTo(5);
        assertThat(again.rows().count()).isEqualTo(60);
      }
    }
    assertThat(output.names("holds")).isEmpty();
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.hadoop." + ReadOnlyFileSystem.KEY, ReadOnlyFileSystem.class.getName())
        .getOrCreate();
  }
}
