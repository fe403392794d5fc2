package io.sparkdistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How scripts start Spark, and when they do not. */
class StartIT {
  private static final long GIB = 1L << 30;

  @TempDir private Path folder;
  private File log;

  @BeforeEach
  void create() {
    log = folder.resolve("log.txt").toFile();
  }

  @Test
  void refusesADistributionWithoutItsScript() {
    Launcher.Finished run =
        Launcher.run(Map.of("SPARK_HOME", folder.toString()), log, "run", "my.conf");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.text())
        .isEqualToIgnoringNewLines(
            "error: Cannot start Spark, there is no bin/spark-submit to run in SPARK_HOME: "
                + folder
                + ". Set it to a distribution of Spark 3.5 with Scala 2.12, or unset it.");
  }

  @Test
  void refusesMastersThatTheSparkOfTheBuildHasNoClientFor() {
    for (String[] master :
        new String[][] {{"--master", "yarn"}, {"--conf", "spark.master=k8s://https://host"}}) {
      Launcher.Finished run = Launcher.run(log, "run", "my.conf", "--", master[0], master[1]);

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.text())
          .contains("error: Cannot start Spark, the Spark of the build has no client for this")
          .contains("Set SPARK_HOME to a distribution of Spark 3.5 with Scala 2.12.");
    }
  }

  @Test
  void startsThroughALinkWhateverShellsSearch() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("distill"), Launcher.SCRIPT);

    Launcher.Finished run =
        Launcher.run(link, Map.of("CDPATH", Launcher.ROOT.toString()), log, "--help");

    assertThat(run.code()).as(run.text()).isZero();
    assertThat(run.text()).contains("Usage: ").contains("print-config");
  }

  @Test
  void limitOfTheProcessFollowsTheHeapUnlessTheUserSetsOne() throws IOException {
    Map<String, String> printing = Map.of("JAVA_HOME", printingJava().toString());

    assertThat(Launcher.run(printing, log, "run", "my.conf").text())
        .contains("[-Xmx2g]", limit("maxbytes=2G"), limit("maxphysicalbytes=" + 6 * GIB));
    assertThat(Launcher.run(printing, log, "run", "a", "--", "--driver-memory", "8g").text())
        .contains("[-Xmx8g]", limit("maxphysicalbytes=" + 12 * GIB));
    assertThat(
            Launcher.run(
                    printing,
                    log,
                    "run",
                    "my.conf",
                    "--",
                    "--driver-java-options",
                    "-Dorg.bytedeco.javacpp.maxphysicalbytes=9G")
                .text())
        .contains(limit("maxphysicalbytes=9G"))
        .containsOnlyOnce("[-Dorg.bytedeco.javacpp.maxphysicalbytes=");
  }

  @Test
  void optionsOfTheUserComeBehindThoseOfTheScriptsForClusters() throws IOException {
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nfor a; do echo \"[$a]\"; done\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Map<String, String> cluster =
        Map.of(
            "SPARK_HOME", folder.toString(),
            "HADOOP_CONF_DIR", folder.toString(),
            "MASTER", "spark://host:7077");

    for (String script : new String[] {"deploy/yarn/submit.sh", "deploy/standalone/submit.sh"}) {
      Launcher.Finished run =
          Launcher.run(
              Launcher.ROOT.resolve(script),
              cluster,
              log,
              "run",
              "my own.conf",
              "--set",
              "training.seed=2",
              "--",
              "--executor-memory",
              "9g");

      assertThat(run.code()).as(run.text()).isZero();
      assertThat(run.text())
          .containsSubsequence("[--master]", "[--executor-memory]\n[4g]")
          .endsWith(
              "[--executor-memory]\n[9g]\n[--class]\n[io.sparkdistill.cli.Main]\n["
                  + Launcher.ROOT.resolve("target/spark-distill.jar")
                  + "]\n[run]\n[my own.conf]\n[--set]\n[training.seed=2]\n");
    }
  }

  private static String limit(String limit) {
    return "[-Dorg.bytedeco.javacpp." + limit + "]";
  }

  /** A Java that tells what it was asked for, but for the launcher's own. */
  private Path printingJava() throws IOException {
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Path real = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(
        java,
        "#!/bin/sh\n"
            + "case \"$*\" in *org.apache.spark.launcher.Main*) exec '"
            + real
            + "' \"$@\" ;; esac\n"
            + "for a; do echo \"[$a]\"; done\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return folder.resolve("java");
  }
}
