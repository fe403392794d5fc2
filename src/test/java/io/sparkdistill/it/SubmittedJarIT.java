package io.sparkdistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.testing.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shaded jar through SparkSubmit, in JVMs of its own. */
class SubmittedJarIT {
  @TempDir private Path folder;
  private Workspace workspace;
  private File log;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
    log = folder.resolve("log.txt").toFile();
  }

  @Test
  void realExecutorsGiveTheStudentThatLocalThreadsGive() {
    Launcher.Finished local =
        Launcher.run(log, "run", workspace.conf(), "--", "--master", "local[2]");
    assertThat(local.code()).as(local.text()).isZero();
    assertThat(local.text())
        .contains(
            "ND4J's native library: ", "student: trained version 1", "gap between", "metrics.json")
        // Log4j's complaint about a configuration that it does not find.
        .doesNotContain("StatusLogger");

    Launcher.Finished cluster =
        Launcher.run(
            log,
            "run",
            workspace.conf(),
            "--set",
            "output=" + folder + "/cluster",
            "--",
            "--master",
            "local-cluster[2,1,1024]",
            "--conf",
            "spark.executor.memory=1g",
            "--conf",
            "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxbytes=512M");
    assertThat(cluster.code()).as(cluster.text()).isZero();
    assertThat(Workspace.contents(folder.resolve("cluster/student")).get("student.zip"))
        .isEqualTo(Workspace.contents(folder.resolve("out/student")).get("student.zip"));
  }

  @Test
  void exitCodesAndMessagesReachTheShell() {
    Launcher.Finished configuration =
        Launcher.run(log, "run", workspace.conf(), "--set", "training.epoch=3");
    assertThat(configuration.code()).isEqualTo(2);
    assertThat(configuration.text())
        .contains("training.epoch (--set training.epoch): no such key, did you mean epochs?")
        .doesNotContain("\tat ");

    Launcher.Finished input =
        Launcher.run(log, "run", workspace.conf(), "--set", "dataset.train.path=/nowhere");
    assertThat(input.code()).isEqualTo(3);
    assertThat(input.text()).contains("error: Cannot read examples from /nowhere");
    assertThat(input.text()).doesNotContain("\tat ");

    Launcher.Finished verbose =
        Launcher.run(
            log, "run", workspace.conf(), "--verbose", "--set", "dataset.train.path=/nowhere");
    assertThat(verbose.code()).isEqualTo(3);
    assertThat(verbose.text()).contains("\tat io.sparkdistill");
  }

  @Test
  void distributionsScriptIsUsedWhereThereIsOne() throws IOException {
    Path home = Files.createDirectories(folder.resolve("spark/bin")).getParent();
    Path script = home.resolve("bin/spark-submit");
    Files.writeString(
        script,
        "#!/bin/sh\necho \"threads $OMP_NUM_THREADS\"\nfor a; do echo \"[$a]\"; done\nexit 7\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    Launcher.Finished run =
        Launcher.run(
            Map.of("SPARK_HOME", home.toString()),
            log,
            "run",
            "my conf",
            "--set",
            "a=b c",
            "--",
            "--master",
            "yarn");

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.text().lines())
        .containsExactly(
            "threads 1",
            "[--master]",
            "[yarn]",
            "[--class]",
            "[io.sparkdistill.cli.Main]",
            "[" + Launcher.ROOT.resolve("target/spark-distill.jar") + "]",
            "[run]",
            "[my conf]",
            "[--set]",
            "[a=b c]");
  }

  @Test
  void jarCarriesNothingOfSparkHadoopScalaOrLogging() throws IOException {
    List<String> foreign =
        List.of(
            "org/apache/spark/",
            "org/apache/hadoop/",
            "scala/",
            "org/slf4j/",
            "org/apache/logging/",
            "org/apache/log4j/",
            "ch/qos/logback/",
            "com/fasterxml/jackson/",
            "com/esotericsoftware/",
            "org/bytedeco/opencv/",
            "org/bytedeco/ffmpeg/",
            "org/bytedeco/hdf5/",
            "com/typesafe/config/",
            "picocli/");
    try (JarFile jar = new JarFile(System.getProperty("distill.jar"))) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .noneMatch(name -> foreign.stream().anyMatch(name::startsWith))
          .contains("reference.conf", "io/sparkdistill/cli/Main.class");
    }
  }
}
