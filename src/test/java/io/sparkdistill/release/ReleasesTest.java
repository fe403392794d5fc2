package io.sparkdistill.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.FlakyFileSystem;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.FaultyStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions for others are whole, and one of them is in use. */
class ReleasesTest {
  @TempDir private Path folder;

  @Test
  void whatIsInUseStandsInOneLineBesideTheVersions() {
    Releases releases = local(folder);
    assertThat(releases.current()).isEmpty();

    Manifest first = release(releases, "first");
    Manifest second = release(releases, "second");

    assertThat(first.version()).isEqualTo(1);
    assertThat(releases.current()).contains(second);
    assertThat(releases.before()).contains(first);
    assertThat(releases.holding("sha of first")).contains(first);
    assertThat(releases.holding("sha of third")).isEmpty();
    assertThat(folder.resolve("current")).hasContent("000002");
    assertThat(folder.resolve("versions/000002/student.zip")).hasContent("second");
    assertThat(folder.resolve("versions/000002/manifest.json")).exists();
    assertThat(folder.resolve("history/000002.json")).content().contains("PUBLISHED", "somebody");
  }

  @Test
  void goesBackToAVersionThatIsWhatWasPublished() throws IOException {
    Releases releases = local(folder);
    Manifest first = release(releases, "first");
    release(releases, "second");

    releases.goBack(first, releases.turn(), "somebody");

    assertThat(releases.current()).contains(first);
    assertThat(releases.before()).isEmpty();
    assertThat(folder.resolve("current")).hasContent("000001");
    assertThat(release(releases, "third").version()).isEqualTo(3);
    Files.writeString(folder.resolve("versions/000001/student.zip"), "other");
    assertThatThrownBy(() -> releases.goBack(first, releases.turn(), "somebody"))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith(
            "Cannot use " + folder + "/versions/000001/student.zip, its SHA-256")
        .hasMessageEndingWith("It is not what was published: restore it.");
    assertThat(folder.resolve("current")).hasContent("000003");
  }

  @Test
  void goesNotBackFromAVersionThatCameIntoUseInTheMeantime() {
    Releases releases = local(folder);
    release(releases, "first");
    release(releases, "second");
    int turn = releases.turn();
    Manifest before = releases.before().orElseThrow();
    Manifest third = release(local(folder), "third");

    assertThatThrownBy(() -> releases.goBack(before, turn, "somebody"))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "Cannot bring version 1 of "
                + folder
                + " into use, another run has changed what is in use in the meantime. Run again,"
                + " which begins with what is in use by now.");

    assertThat(releases.current()).contains(third);
    assertThat(folder.resolve("current")).hasContent("000003");
  }

  @Test
  void versionThatIsGoneIsSaidToBe() throws IOException {
    Releases releases = local(folder);
    release(releases, "first");
    Files.delete(folder.resolve("versions/000001/manifest.json"));
    assertThatThrownBy(releases::current)
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot use the releases in "
                + folder
                + ", the version that was in use is gone: 000001. Restore it, or roll back to"
                + " another one with --to.");
    assertThat(releases.inUse()).hasValue(1);
  }

  @Test
  void ofSeveralAtOnceOneComesIntoUse() throws Exception {
    Releases releases = local(folder);
    release(releases, "first");
    int runs = 4;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    try {
      CountDownLatch allHaveLooked = new CountDownLatch(runs);
      List<Future<Manifest>> results = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        String student = "student " + i;
        results.add(
            threads.submit(
                () -> {
                  Releases own = local(folder);
                  int turn = own.turn();
                  allHaveLooked.countDown();
                  assertThat(allHaveLooked.await(1, TimeUnit.MINUTES)).isTrue();
                  Manifest version = publish(own, student);
                  own.use(version, turn, student);
                  return version;
                }));
      }
      List<Manifest> used = new ArrayList<>();
      for (Future<Manifest> result : results) {
        try {
          used.add(result.get());
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(ConflictException.class)
              .hasMessageContaining("another run has changed what is in use in the meantime");
        }
      }
      assertThat(used).hasSize(1);
      assertThat(releases.current()).contains(used.get(0));
      assertThat(releases.all()).hasSize(runs + 1);
      releases.all().forEach(releases::verify);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void stoppedAnywhereNothingHalfIsVisibleAndTheNextReleaseEndsWhereAnUndisturbedOneDoes()
      throws IOException {
    int changes = 0;
    while (isStopped(changes)) {
      Path place = folder.resolve("" + changes);
      Releases readers = local(place);
      readers.all().forEach(readers::verify);
      assertThat(readers.current().orElseThrow().version()).isIn(1, 2);
      assertThat(Files.readString(place.resolve("current")).strip()).isIn("000001", "000002");

      Manifest again = readers.holding("sha of second").orElseGet(() -> publish(readers, "second"));
      readers.refreshPointer();
      if (!readers.wasCurrent(again)) {
        readers.use(again, readers.turn(), "somebody");
      }

      assertThat(readers.current()).contains(again);
      assertThat(again.version()).isEqualTo(2);
      assertThat(place.resolve("current")).hasContent("000002");
      readers.verify(again);
      changes++;
    }
    assertThat(changes).isGreaterThan(3);
  }

  /** Releases in a store that allows so many changes, as when the process was killed after them. */
  private boolean isStopped(int changes) {
    Path place = folder.resolve("" + changes);
    release(local(place), "first");
    Releases stopping =
        new Releases(
            FlakyFileSystem.place(FlakyFileSystem.Fault.STOPS, place),
            FlakyFileSystem.stoppingAfter(changes));
    try {
      release(stopping, "second");
      return false;
    } catch (TransientException e) {
      return true;
    }
  }

  @Test
  void pointerThatCouldNotBeMovedIsMovedByTheNextCommand() {
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.RENAMING,
            folder,
            Fault.once(Fault.Moment.RENAMING, "place/current", Fault.Effect.THROW));
    Releases releases =
        new Releases(
            new org.apache.hadoop.fs.Path(store.uri(folder.resolve("place"))),
            store.configuration());

    assertThatThrownBy(() -> release(releases, "first"))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Cannot replace ")
        .hasMessageContaining("place/current, the file system failed: ");

    assertThat(folder.resolve("place/current")).doesNotExist();
    assertThat(releases.inUse()).hasValue(1);
    releases.refreshPointer();
    assertThat(folder.resolve("place/current")).hasContent("000001");
  }

  @Test
  void filesOfAKilledReleaseOfAnotherStudentAreNotTouched() throws IOException {
    Path left = folder.resolve("versions/000001/student.zip");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "of a killed run");
    Releases releases = local(folder);
    assertThat(releases.all()).isEmpty();

    assertThat(release(releases, "first").version()).isEqualTo(2);

    assertThat(left).hasContent("of a killed run");
    assertThat(releases.all()).hasSize(1);
  }

  private static Releases local(Path place) {
    return new Releases(new org.apache.hadoop.fs.Path(place.toUri()), new Configuration());
  }

  private static Manifest release(Releases releases, String student) {
    int turn = releases.turn();
    Manifest version = publish(releases, student);
    releases.use(version, turn, "somebody");
    return version;
  }

  private static Manifest publish(Releases releases, String student) {
    return releases.publish(
        Map.of(Releases.STUDENT_SHA256, "sha of " + student),
        Map.of(),
        Map.of(
            Releases.STUDENT,
            student.getBytes(StandardCharsets.UTF_8),
            "metrics.json",
            "{}".getBytes(StandardCharsets.UTF_8)));
  }
}
