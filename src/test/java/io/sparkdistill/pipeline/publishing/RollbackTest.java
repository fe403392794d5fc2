package io.sparkdistill.pipeline.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.release.Releases;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.FaultyStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back to what was in use before. */
class RollbackTest {
  @TempDir private Path folder;

  @Test
  void whatCameIntoUseWhileTheVersionWasChosenStays() {
    Path place = folder.resolve("place");
    Path ahead = folder.resolve("ahead");
    release(place, "first", "second");
    release(ahead, "first", "second", "third");
    // It looks at the version before it has the lock, and again when it has it.
    Fault another =
        new Fault(
            Fault.Moment.OPENING,
            "place/versions/000001/manifest",
            2,
            Fault.Effect.SHELL,
            String.format(
                "cd %s && if [ -e looked ]; then cp -r ahead/versions/000003 place/versions/ && cp"
                    + " ahead/history/000003.json place/history/; else touch looked; fi",
                folder));
    FaultyStore store = FaultyStore.of(FaultyStore.STORE, folder, another);
    Rollback rollback = new Rollback(config(store.uri(place)), store.configuration());

    assertThatThrownBy(() -> rollback.run(Optional.empty(), "somebody"))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("Cannot bring version 1 of ")
        .hasMessageContaining("another run has changed what is in use in the meantime");

    assertThat(releases(place).inUse()).hasValue(3);
  }

  private static DistillConfig config(String place) {
    return ConfigLoader.fromText(
            """
            distill {
              output = out
              dataset { train.path = train, test.path = test, classes = 3 }
              teachers = [{ onnx = teacher.onnx }]
            }
            """,
            "test.conf",
            List.of(ConfigLoader.setting("release.publishTo", place)))
        .config();
  }

  private static Releases releases(Path place) {
    return new Releases(new org.apache.hadoop.fs.Path(place.toUri()), new Configuration());
  }

  private static void release(Path place, String... students) {
    Releases releases = releases(place);
    for (String student : students) {
      int turn = releases.turn();
      Manifest version =
          releases.publish(
              Map.of(Releases.STUDENT_SHA256, "sha of " + student),
              Map.of(),
              Map.of(Releases.STUDENT, student.getBytes(StandardCharsets.UTF_8)));
      releases.use(version, turn, "somebody");
    }
  }
}
