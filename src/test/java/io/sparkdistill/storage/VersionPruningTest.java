package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers and prune meet at any moment, and the reader either reads all or is told. */
class VersionPruningTest {
  @TempDir private static Path shared;
  private static MiniDFSCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, shared.toString());
    cluster = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  /** Places that must behave alike. */
  enum Kind {
    LOCAL,
    STORE,
    HDFS
  }

  /** What a test does in a place. */
  private interface Body {
    void run(StageDirectory stage) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void readerThatCameBeforeKeepsItsVersion(Kind kind) throws IOException {
    in(
        kind,
        stage -> {
          publish(stage, 3);
          VersionPruning pruning = new VersionPruning(stage);
          try (VersionHold hold = stage.hold(stage.version(1).orElseThrow(), "reading of one")) {
            assertThat(hold).isNotNull();
            Retention retention = pruning.hide(pruning.retention(1));
            assertThat(versions(retention.going())).containsExactly(2);
            assertThat(retention.kept().get(0).why())
                .startsWith("held by reading of one, process ");
            assertThat(stage.versions()).containsExactly(1, 3);
          }
          assertThat(versions(pruning.retention(1).going())).containsExactly(1, 2);
          assertThat(names(stage, "holds")).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void holdThatIsRenewedCountsAgain(Kind kind) throws IOException {
    in(
        kind,
        stage -> {
          publish(stage, 2);
          VersionPruning pruning = new VersionPruning(stage);
          try (VersionHold hold = stage.hold(stage.version(1).orElseThrow(), "long reading")) {
            org.apache.hadoop.fs.Path file = stage.fs().listStatus(holds(stage))[0].getPath();
            long expired = System.currentTimeMillis() - 2 * Holds.EXPIRY.toMillis();
            stage.fs().setTimes(file, expired, -1);
            assertThat(versions(pruning.retention(1).going())).containsExactly(1);

            hold.renew();

            assertThat(versions(pruning.retention(1).going())).isEmpty();
            assertThat(stage.fs().listStatus(holds(stage))).hasSize(1);
          }
          assertThat(names(stage, "holds")).isEmpty();
        });
  }

  private static org.apache.hadoop.fs.Path holds(StageDirectory stage) {
    return new org.apache.hadoop.fs.Path(stage.root(), "holds");
  }

  @ParameterizedTest
  @EnumSource
  void readerThatCameBetweenTheTwoLooksKeepsItsFiles(Kind kind) throws IOException {
    in(
        kind,
        stage -> {
          publish(stage, 2);
          VersionPruning pruning = new VersionPruning(stage);
          Retention decided = pruning.retention(1);
          assertThat(versions(decided.going())).containsExactly(1);
          try (VersionHold hold = stage.hold(stage.version(1).orElseThrow(), "late reading")) {
            assertThat(hold).isNotNull();
            Retention retention = pruning.hide(decided);
            assertThat(retention.going()).isEmpty();
            assertThat(retention.kept().get(0).why()).startsWith("held by late reading, ");
            assertThat(stage.versions()).containsExactly(2);
            assertThat(pruning.retention(1)).isEqualTo(retention);
          }
          assertThat(versions(pruning.retention(1).going())).containsExactly(1);
        });
  }

  @ParameterizedTest
  @EnumSource
  void readerThatCameAfterIsToldAndHoldsNothing(Kind kind) throws IOException {
    in(
        kind,
        stage -> {
          publish(stage, 2);
          Manifest first = stage.version(1).orElseThrow();
          VersionPruning pruning = new VersionPruning(stage);
          pruning.hide(pruning.retention(1));
          assertThatThrownBy(() -> stage.hold(first, "too late"))
              .isInstanceOf(TransientException.class)
              .hasMessageStartingWith("Cannot read version 1 of ")
              .hasMessageEndingWith(
                  "it is not there any more: it was pruned. Run again, which reads the newest"
                      + " version.");
          assertThat(names(stage, "holds")).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void numberOfAPrunedVersionIsNotGivenToARunThatWasOvertaken(Kind kind) throws IOException {
    in(
        kind,
        stage -> {
          publish(stage, 3);
          Optional<Manifest> seen = stage.version(1);
          VersionPruning pruning = new VersionPruning(stage);
          pruning.forget(pruning.hide(pruning.retention(1)));
          assertThatThrownBy(() -> stage.publish(unpublished(stage, 7), seen))
              .isInstanceOf(ConflictException.class)
              .hasMessageStartingWith("Cannot publish version 2 of ");
          assertThat(stage.versions()).containsExactly(3);
        });
  }

  @ParameterizedTest
  @EnumSource
  void filesAreListedAsManifestsListThemAndGoWithTheirFolders(Kind kind) throws IOException {
    in(
        kind,
        stage -> {
          publish(stage, 2);
          DataFiles files = new DataFiles(stage);
          PublishedFile first = stage.version(1).orElseThrow().file("data.bin");
          PublishedFile second = stage.version(2).orElseThrow().file("data.bin");
          assertThat(files.list())
              .extracting(DataFiles.DataFile::path, DataFiles.DataFile::bytes)
              .containsExactlyInAnyOrder(
                  org.assertj.core.groups.Tuple.tuple(first.path(), first.bytes()),
                  org.assertj.core.groups.Tuple.tuple(second.path(), second.bytes()));
          files.remove(
              files.list().stream().filter(file -> file.path().equals(first.path())).toList());
          assertThat(names(stage, "files")).containsExactly(stage.path(second).getParent());
        });
  }

  private void in(Kind kind, Body body) throws IOException {
    Configuration conf = FlakyFileSystem.configuration();
    switch (kind) {
      case LOCAL -> body.run(stage(new org.apache.hadoop.fs.Path(folder.toUri()), conf));
      case STORE ->
          body.run(stage(FlakyFileSystem.place(FlakyFileSystem.Fault.NONE, folder), conf));
      case HDFS -> {
        FileSystem hdfs = cluster.getFileSystem();
        body.run(stage(hdfs.makeQualified(new org.apache.hadoop.fs.Path("" + folder)), conf));
      }
    }
  }

  private static StageDirectory stage(org.apache.hadoop.fs.Path output, Configuration conf) {
    return new StageDirectory(output, "stage", Set.of(), conf);
  }

  private static void publish(StageDirectory stage, int versions) {
    for (int i = 0; i < versions; i++) {
      stage.publish(unpublished(stage, i), stage.current());
    }
  }

  private static Manifest unpublished(StageDirectory stage, int input) {
    byte[] content = ("content " + input).getBytes(StandardCharsets.UTF_8);
    PublishedFile file = stage.write(stage.newAttempt(), "data.bin", content);
    return Manifest.unpublished("stage", Map.of("input", "" + input), Map.of(), List.of(file));
  }

  private static List<Integer> versions(List<Manifest> manifests) {
    return manifests.stream().map(Manifest::version).toList();
  }

  private static List<org.apache.hadoop.fs.Path> names(StageDirectory stage, String name)
      throws IOException {
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(stage.root(), name);
    return java.util.Arrays.stream(stage.fs().listStatus(place)).map(FileStatus::getPath).toList();
  }
}
