package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.release.Releases;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data, teacher, configuration and output on HDFS. */
class HdfsTest {
  @TempDir private Path folder;
  private MiniDFSCluster cluster;
  private Configuration conf;

  @BeforeEach
  void start() throws IOException {
    conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
  }

  @AfterEach
  void stop() {
    cluster.shutdown();
  }

  @Test
  void runsFromHdfsToHdfsAndIsUpToDateAfterwards() throws IOException {
    Workspace local = Workspace.create(folder);
    FileSystem hdfs = cluster.getFileSystem();
    org.apache.hadoop.fs.Path root = hdfs.makeQualified(new org.apache.hadoop.fs.Path("/work"));
    for (String name : new String[] {"data", "teacher.onnx", "distill.conf"}) {
      hdfs.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()),
          new org.apache.hadoop.fs.Path(root, name));
    }
    String[] args = {
      "run",
      root + "/distill.conf",
      "--set",
      "output=" + root + "/out",
      "--set",
      "dataset.train.path=" + root + "/data/train",
      "--set",
      "dataset.test.path=" + root + "/data/test",
      "--set",
      "teachers=[{onnx=\"" + root + "/teacher.onnx\"}]",
      "--set",
      "release.publishTo=" + root + "/models"
    };

    CommandRun first = CommandRun.of(args);

    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    org.apache.hadoop.fs.Path metrics =
        new org.apache.hadoop.fs.Path(root, "out/evaluation/metrics.json");
    assertThat(hdfs.exists(metrics)).isTrue();
    assertThat(hdfs.exists(new org.apache.hadoop.fs.Path(root, "out/.lock"))).isFalse();
    long written = hdfs.getFileStatus(metrics).getModificationTime();
    assertThat(CommandRun.of(args).code()).isZero();
    assertThat(hdfs.getFileStatus(metrics).getModificationTime()).isEqualTo(written);
    assertThat(CommandRun.of("run", local.conf()).code()).isZero();
    assertThat(local.read("out/evaluation/metrics.json"))
        .isEqualTo(new String(hdfs.open(metrics).readAllBytes(), StandardCharsets.UTF_8));

    releasesOnHdfs(new org.apache.hadoop.fs.Path(root, "models"));
    OutputLock lock =
        OutputLock.acquire(new org.apache.hadoop.fs.Path(root, "out"), "run of other.conf", conf);
    CommandRun turnedAway = CommandRun.of(args);
    assertThat(turnedAway.code()).isEqualTo(ExitCodes.CONFLICT);
    assertThat(turnedAway.err()).contains("another run does: run of other.conf");
    lock.close();
  }

  @Test
  void aConfigurationThatIsNotThereIsWrongAndOneOutOfReachIsTriedAgain() throws IOException {
    String root = cluster.getFileSystem().getUri().toString();
    CommandRun missing = CommandRun.of("print-config", root + "/nowhere.conf");
    assertThat(missing.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(missing.err())
        .startsWith("error: Cannot read configuration " + root + "/nowhere.conf: ")
        .endsWith("Correct the URI.\n");

    // Read with Spark's settings: Hadoop's own would try for a minute.
    System.setProperty("spark.hadoop.ipc.client.connect.max.retries", "0");
    try {
      CommandRun away = CommandRun.of("print-config", "hdfs://localhost:1/distill.conf");
      assertThat(away.code()).isEqualTo(ExitCodes.TRANSIENT);
      assertThat(away.err())
          .startsWith("error: Cannot read configuration hdfs://localhost:1/distill.conf: ")
          .endsWith("Try again.\n");
    } finally {
      System.clearProperty("spark.hadoop.ipc.client.connect.max.retries");
    }
  }

  private void releasesOnHdfs(org.apache.hadoop.fs.Path place) throws IOException {
    Releases releases = new Releases(place, conf);
    Manifest first = releases.current().orElseThrow();
    releases.verify(first);
    assertThat(pointer(place)).isEqualTo("000001\n");

    int turn = releases.turn();
    Manifest second =
        releases.publish(
            Map.of(Releases.STUDENT_SHA256, "other"), Map.of(), Map.of("student.zip", new byte[9]));
    releases.use(second, turn, "test");
    assertThat(pointer(place)).isEqualTo("000002\n");
    assertThatThrownBy(() -> releases.use(first, turn, "test"))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("Cannot bring version 1 of ")
        .hasMessageEndingWith(
            " into use, another run has changed what is in use in the meantime. Run again,"
                + " which begins with what is in use by now.");
    releases.goBack(first, releases.turn(), "test");
    assertThat(pointer(place)).isEqualTo("000001\n");
  }

  private String pointer(org.apache.hadoop.fs.Path place) throws IOException {
    try (var in = cluster.getFileSystem().open(new org.apache.hadoop.fs.Path(place, "current"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
