package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Effect;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One holder at a time, and the dead do not hold. */
class LeaseLockTest {
  private static final Duration EXPIRY = Duration.ofHours(1);

  @TempDir private Path folder;
  private final Configuration conf = FlakyFileSystem.configuration();
  private org.apache.hadoop.fs.Path output;

  @BeforeEach
  void place() {
    output = FlakyFileSystem.place(FlakyFileSystem.Fault.NONE, folder.resolve("out"));
  }

  @Test
  void secondIsTurnedAwayNamingTheFirstUntilThatEnds() throws IOException {
    LeaseLock first = acquire("run of a.conf");
    assertThatThrownBy(() -> acquire("run of b.conf"))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("Cannot work on output " + output)
        .hasMessageContaining("another run does: run of a.conf. Wait until it ends");
    first.close();
    acquire("run of b.conf").close();
    assertThat(names()).isEmpty();
  }

  @Test
  void outputLockElsewhereThanLocalIsALease() {
    try (OutputLock lock = OutputLock.acquire(output, "run of a.conf", conf)) {
      assertThat(lock).isInstanceOf(LeaseLock.class);
    }
  }

  @Test
  void expiredLockIsTakenOver() throws IOException {
    write("run of dead.conf\n1");
    age(EXPIRY.plusMinutes(1));
    try (LeaseLock lock = acquire("run of b.conf")) {
      assertThat(lock).isNotNull();
      assertThat(Files.readString(lockFile())).startsWith("run of b.conf\n");
      assertThat(names()).containsExactly(".lock");
    }
  }

  @Test
  void lockThatIsNotYetExpiredIsNotTakenOver() throws IOException {
    write("run of slow.conf\n1");
    age(EXPIRY.minusMinutes(1));
    assertThatThrownBy(() -> acquire("run of b.conf"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("run of slow.conf");
    assertThat(lockFile()).hasContent("run of slow.conf\n1");
    assertThat(names()).containsExactly(".lock");
  }

  @Test
  void whoSleptThroughATakeOverDoesNotUnlockTheNext() throws IOException {
    LeaseLock slept = acquire("run of slept.conf");
    age(EXPIRY.plusMinutes(1));
    try (LeaseLock next = acquire("run of next.conf")) {
      assertThat(next).isNotNull();
      slept.close();
      assertThat(Files.readString(lockFile())).startsWith("run of next.conf\n");
      assertThatThrownBy(() -> acquire("run of third.conf"))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("run of next.conf");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void renewedLockIsNotTakenOver() throws IOException {
    try (LeaseLock lock = acquire("run of slow.conf")) {
      age(EXPIRY.plusMinutes(1));
      lock.renew();
      assertThatThrownBy(() -> acquire("run of b.conf"))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("another run does: run of slow.conf");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void whoSleptThroughATakeOverDoesNotRenewOverTheNext() throws IOException {
    try (LeaseLock slept = acquire("run of slept.conf")) {
      age(EXPIRY.plusMinutes(1));
      try (LeaseLock next = acquire("run of next.conf")) {
        assertThat(next).isNotNull();
        slept.renew();
        assertThat(Files.readString(lockFile())).startsWith("run of next.conf\n");
      }
      slept.renew();
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void lockIsRenewedByItself() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    try (LeaseLock lock = LeaseLock.acquire(output, "run of a.conf", conf, Duration.ofMillis(600));
        WatchService changes = folder.getFileSystem().newWatchService()) {
      assertThat(lock).isNotNull();
      folder.resolve("out").register(changes, StandardWatchEventKinds.ENTRY_MODIFY);
      WatchKey change = changes.poll(1, TimeUnit.MINUTES);
      assertThat(change.pollEvents().get(0).context()).hasToString(".lock");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void lockThatSomebodyElseTookOverFirstIsPutBack() throws IOException {
    write("run of dead.conf\n1");
    age(EXPIRY.plusMinutes(1));
    String other = "echo run of quick.conf > " + lockFile();
    FaultyStore store = store(Fault.shell(Moment.RENAMING, "\\.lock-", other));

    assertThatThrownBy(() -> acquire(store))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("another run does: run of quick.conf. Wait until it ends");

    assertThat(store.happened(folder)).isOne();
    assertThat(lockFile()).hasContent("run of quick.conf");
    assertThat(names()).containsExactly(".lock");
  }

  @Test
  void takeOverWhoseRenameReturnsFalseIsTurnedAway() throws IOException {
    write("run of dead.conf\n1");
    age(EXPIRY.plusMinutes(1));
    FaultyStore store = store(Fault.once(Moment.RENAMING, "\\.lock-", Effect.FALSE));

    assertThatThrownBy(() -> acquire(store))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("another run does: run of dead.conf");

    assertThat(lockFile()).hasContent("run of dead.conf\n1");
    acquire(store).close();
  }

  @Test
  void takeOverThatFailsIsTransient() throws IOException {
    write("run of dead.conf\n1");
    age(EXPIRY.plusMinutes(1));
    FaultyStore store = store(Fault.once(Moment.RENAMING, "\\.lock-", Effect.THROW));

    assertThatThrownBy(() -> acquire(store))
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Cannot take output "
                + store.uri(folder.resolve("out"))
                + ", the file system failed: 503 Slow Down. Nothing was published; try again.");

    acquire(store).close();
  }

  @Test
  void clockOfTheDriverDoesNotMatter() throws IOException {
    for (Duration ahead : List.of(Duration.ofDays(-1), Duration.ofDays(1))) {
      FaultyStore store = store().withClock(ahead);
      try (OutputLock lock = acquire(store)) {
        assertThat(lock).isNotNull();
        assertThatThrownBy(() -> acquire(store)).isInstanceOf(ConflictException.class);
        age(EXPIRY.plusMinutes(1));
        acquire(store).close();
      }
    }
  }

  private FaultyStore store(Fault... faults) {
    return FaultyStore.of(FaultyStore.STORE, folder, faults);
  }

  private OutputLock acquire(FaultyStore store) {
    return OutputLock.acquire(
        new org.apache.hadoop.fs.Path(store.uri(folder.resolve("out"))),
        "run of b.conf",
        store.configuration());
  }

  private void write(String text) throws IOException {
    Files.createDirectories(lockFile().getParent());
    Files.writeString(lockFile(), text);
  }

  private LeaseLock acquire(String holder) throws IOException {
    return LeaseLock.acquire(output, holder, conf, EXPIRY);
  }

  private Path lockFile() {
    return folder.resolve("out/.lock");
  }

  private void age(Duration age) throws IOException {
    Files.setLastModifiedTime(lockFile(), FileTime.from(Instant.now().minus(age)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.map(Path::getFileName).map(Path::toString).toList();
    }
  }
}
