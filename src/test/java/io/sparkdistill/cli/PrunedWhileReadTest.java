package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.TransientException;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.CacheReport;
import io.sparkdistill.softtargets.CacheVerification;
import io.sparkdistill.softtargets.SoftTargets;
import io.sparkdistill.softtargets.codec.CodecNames;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.VersionHold;
import io.sparkdistill.testing.ReadOnlyFileSystem;
import io.sparkdistill.testing.ReadOnlyFileSystem.Refusal;
import io.sparkdistill.testing.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that is read from Java while others publish and prune. */
class PrunedWhileReadTest {
  @TempDir private static Path shared;
  private static PrunableOutput made;

  @TempDir private Path folder;
  private PrunableOutput output;
  private Path newest;
  private Path later;

  @BeforeAll
  static void label() throws IOException {
    made = PrunableOutput.create(shared);
  }

  /** Version 5 is published while version 4 is read. */
  @BeforeEach
  void takeTheNewestVersionAside() throws IOException {
    output = made.copy(folder);
    newest = output.cache().resolve("versions/5.json");
    later = Files.move(newest, folder.resolve("5.json"));
  }

  @Test
  void versionThatIsOpenOutlivesPruneAndGoesWhenItIsClosed() throws IOException {
    String place = output.cache().toString();
    try (SparkSession spark = session()) {
      SoftTargets targets = SoftTargets.open(spark, place);
      try (targets) {
        Map<String, Row> before = rows(targets);
        assertThat(before).hasSize(60);
        Files.move(later, newest);

        assertThat(output.done("prune", "--keep", "1").out())
            .contains("soft-targets: removed versions 1, 2, 3: ")
            .contains("soft-targets: kept version 4: held by SoftTargets, process ");

        assertThat(rows(targets)).isEqualTo(before);
        try (SoftTargets other = SoftTargets.open(spark, place)) {
          assertThat(other.report().version()).isEqualTo(5);
          assertThat(rows(other)).isNotEqualTo(before);
        }
        assertThat(output.done("prune", "--keep", "1").out()).contains("kept version 4: held by ");
      }

      assertThat(output.done("prune", "--keep", "1").out())
          .contains("soft-targets: removed version 4: ")
          .contains("soft-targets: kept version 5: newest");

      assertThat(output.names("versions")).containsExactly("5.json");
      assertThatThrownBy(targets::rows)
          .isInstanceOf(TransientException.class)
          .hasMessageStartingWith("Cannot read version 4 of " + place + ", ");
    }
    assertThat(output.names("holds")).isEmpty();
  }

  @Test
  void whoMayNotWriteReadsUntilPruneTakesTheVersion() throws IOException {
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

  @Test
  void whoseHoldWasNotRenewedIsToldThatPruneTookTheVersion() throws IOException {
    String place = output.cache().toString();
    try (SparkSession spark = session();
        SoftTargets targets = SoftTargets.open(spark, place)) {
      Files.move(later, newest);
      for (String name : output.names("holds")) {
        Files.setLastModifiedTime(
            output.cache().resolve("holds").resolve(name),
            FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
      }

      assertThat(output.done("prune", "--keep", "1").out())
          .contains("soft-targets: removed versions 1, 2, 3, 4: ");

      assertThatThrownBy(targets::rows)
          .isInstanceOf(TransientException.class)
          .hasMessageStartingWith("Cannot read version 4 of " + place + ", ");
    }
  }

  @Test
  void verificationIsToldThatPruneTookTheVersion() throws IOException {
    Configuration conf = new Configuration();
    CacheDirectory cache =
        new CacheDirectory(
            StageDirectory.at(Locations.resolve(output.cache().toString(), conf), conf), conf);
    Manifest manifest = cache.current().orElseThrow();
    try (SparkSession spark = session()) {
      CacheReport report = cache.report().orElseThrow();
      CacheVerification verification =
          new CacheVerification(spark, cache, CodecNames.parse(report.codec(), report.classes()));
      assertThat(verification.verify(manifest)).isEqualTo(60);
      Files.move(later, newest);
      output.done("prune", "--keep", "1");

      assertThatThrownBy(() -> verification.verify(manifest))
          .isInstanceOf(TransientException.class)
          .hasMessage(
              "Cannot verify version 4 of "
                  + output.cache()
                  + ", it is not there any more: it was pruned meanwhile. Run again, which reads"
                  + " the newest version.");
    }
  }

  private static Map<String, Row> rows(SoftTargets targets) {
    return targets.rows().collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getAs("id"), row -> row));
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.hadoop." + ReadOnlyFileSystem.KEY, ReadOnlyFileSystem.class.getName())
        .getOrCreate();
  }
}
