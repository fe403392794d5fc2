package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Path;
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
      "teachers=[{onnx=\"" + root + "/teacher.onnx\"}]"
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
        .isEqualTo(
            new String(hdfs.open(metrics).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));

    OutputLock lock =
        OutputLock.acquire(new org.apache.hadoop.fs.Path(root, "out"), "run of other.conf", conf);
    CommandRun turnedAway = CommandRun.of(args);
    assertThat(turnedAway.code()).isEqualTo(ExitCodes.CONFLICT);
    assertThat(turnedAway.err()).contains("another run does: run of other.conf");
    lock.close();
  }
}
