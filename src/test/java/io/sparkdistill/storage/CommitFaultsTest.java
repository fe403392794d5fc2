package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.TransientException;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Effect;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit that the store disturbs: whole or not at all, and what is not known is said to be. */
class CommitFaultsTest {
  private static final byte[] CONTENT = "x".repeat(100).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  /** A fault of the one step that commits, and whether the file is there afterwards. */
  enum Disturbance {
    STORE_REFUSES(FaultyStore.STORE, Moment.CREATING, Effect.THROW, false),
    STORE_IS_FULL(FaultyStore.STORE, Moment.CREATING, Effect.FULL, false),
    STORE_LOSES_THE_ANSWER(FaultyStore.STORE, Moment.CREATED, Effect.THROW, true),
    STORE_FALLS_SILENT(FaultyStore.STORE, Moment.CREATED, Effect.SILENCE, true),
    TEMPORARY_FILE_IS_REFUSED(FaultyStore.RENAMING, Moment.CREATING, Effect.THROW, false),
    TEMPORARY_FILE_IS_FULL(FaultyStore.RENAMING, Moment.CREATING, Effect.FULL, false),
    RENAME_THROWS(FaultyStore.RENAMING, Moment.RENAMING, Effect.THROW, false),
    RENAME_RETURNS_FALSE(FaultyStore.RENAMING, Moment.RENAMING, Effect.FALSE, false),
    RENAME_LOSES_THE_ANSWER(FaultyStore.RENAMING, Moment.RENAMED, Effect.THROW, true),
    RENAME_FALLS_SILENT(FaultyStore.RENAMING, Moment.RENAMED, Effect.SILENCE, true);

    private final String scheme;
    private final Moment moment;
    private final Effect effect;
    private final boolean there;

    Disturbance(String scheme, Moment moment, Effect effect, boolean there) {
      this.scheme = scheme;
      this.moment = moment;
      this.effect = effect;
      this.there = there;
    }

    /** Of files of which nothing else is written with that name. */
    Fault of(String name) {
      String temporary =
          moment == Moment.CREATING && scheme.equals(FaultyStore.RENAMING) ? "/\\." : name;
      return Fault.once(moment, temporary, effect);
    }

    boolean isKnown() {
      return there && effect == Effect.THROW;
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallFileIsThereWholeOrNotAtAll(Disturbance disturbance) {
    FaultyStore store = store(disturbance.scheme, disturbance.of("shard\\.json"));
    OnceFiles files = onceFiles(store);

    if (disturbance.isKnown()) {
      assertThat(files.create("shard.json", CONTENT)).isTrue();
    } else {
      assertThatThrownBy(() -> files.create("shard.json", CONTENT))
          .isInstanceOf(TransientException.class)
          .hasMessageStartingWith("Cannot tell whether " + store.uri(folder) + "/shards/shard.json")
          .hasMessageContaining(" was published, the file system said: ")
          .hasMessageContaining("Nothing was deleted; run the same command again");
    }

    assertThat(store.happened(folder)).isEqualTo(1);
    OnceFiles later = onceFiles(store(disturbance.scheme));
    assertThat(later.names())
        .containsExactlyElementsOf(disturbance.there ? Set.of("shard.json") : Set.of());
    assertThat(later.create("shard.json", CONTENT)).isTrue();
    assertThat(later.read("shard.json").orElseThrow()).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @EnumSource
  void versionIsThereWholeOrNotAtAll(Disturbance disturbance) {
    FaultyStore store = store(disturbance.scheme, disturbance.of("versions/1\\.json"));
    StageDirectory stage = stage(store);
    Manifest manifest = unpublished(stage(store(disturbance.scheme)));

    if (disturbance.isKnown()) {
      assertThat(stage.publish(manifest, Optional.empty()).version()).isEqualTo(1);
    } else {
      assertThatThrownBy(() -> stage.publish(manifest, Optional.empty()))
          .isInstanceOf(TransientException.class)
          .hasMessageStartingWith(
              "Cannot tell whether " + store.uri(folder) + "/stage/versions/1.json")
          .hasMessageContaining("Nothing was deleted; run the same command again");
    }

    assertThat(store.happened(folder)).isEqualTo(1);
    StageDirectory later = stage(store(disturbance.scheme));
    assertThat(later.versions()).isEqualTo(disturbance.there ? List.of(1) : List.of());
    assertThat(later.publish(manifest, Optional.empty()).version()).isEqualTo(1);
    later.requireFiles(later.current().orElseThrow());
    assertThat(folder.resolve("stage/manifest.json"))
        .hasSameBinaryContentAs(folder.resolve("stage/versions/1.json"));
  }

  @Test
  void copyThatCannotBeMadeIsMadeByTheNextRun() {
    FaultyStore store =
        store(FaultyStore.RENAMING, Fault.once(Moment.RENAMING, "stage/manifest", Effect.THROW));
    StageDirectory stage = stage(store);
    Manifest manifest = unpublished(stage);

    assertThatThrownBy(() -> stage.publish(manifest, Optional.empty()))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Cannot work in " + store.uri(folder) + "/stage, the file system");

    assertThat(folder.resolve("stage/manifest.json")).doesNotExist();
    stage.refreshView(stage.current().orElseThrow());
    assertThat(folder.resolve("stage/manifest.json"))
        .hasSameBinaryContentAs(folder.resolve("stage/versions/1.json"));
  }

  private FaultyStore store(String scheme, Fault... faults) {
    return FaultyStore.of(scheme, folder, faults);
  }

  private OnceFiles onceFiles(FaultyStore store) {
    return new OnceFiles(
        new org.apache.hadoop.fs.Path(store.uri(folder.resolve("shards"))), store.configuration());
  }

  private StageDirectory stage(FaultyStore store) {
    Configuration conf = store.configuration();
    return new StageDirectory(
        new org.apache.hadoop.fs.Path(store.uri(folder)), "stage", Set.of(), conf);
  }

  private static Manifest unpublished(StageDirectory stage) {
    PublishedFile file = stage.write(stage.newAttempt(), "data.bin", CONTENT);
    return Manifest.unpublished("stage", Map.of(), Map.of("rows", "7"), List.of(file));
  }
}
