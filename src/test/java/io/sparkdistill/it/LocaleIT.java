package io.sparkdistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turkish, whose i has no dot where it is small, and an encoding without most letters. */
class LocaleIT {
  private static final Map<String, String> NAMES_IN_UTF_8 = Map.of("LC_ALL", "C.UTF-8");

  @TempDir private Path folder;

  @Test
  void otherLocaleAndEncodingGiveTheSameCacheOfTheSameNames() throws IOException {
    Path place = Files.createDirectory(folder.resolve("ığdır-手書き-ÄŁ"));
    Workspace workspace = Workspace.create(place);
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      TinyDigits.write(
          spark,
          TinyDigits.rows("şık-数字-ÿ", 90, 7),
          TinyDigits.schema(),
          place.resolve("data/train"),
          2);
    }
    File log = folder.resolve("log.txt").toFile();
    // Hadoop names a local output to chmod in the encoding, not in the locale's.
    Path turkish = folder.resolve("turkish");

    Launcher.Finished label =
        Launcher.run(
            NAMES_IN_UTF_8,
            log,
            "label",
            workspace.conf(),
            "--set",
            set(turkish),
            "--",
            "--driver-java-options",
            "-Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-1");
    assertThat(label.code()).as(label.text()).isZero();
    // Computes all digests again, started as cron does.
    Launcher.Finished verify =
        Launcher.run(Map.of("LC_ALL", "C"), log, "verify", workspace.conf(), "--set", set(turkish));
    assertThat(verify.code()).as(verify.text()).isZero();

    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      assertThat(
              spark
                  .read()
                  .parquet(turkish + "/soft-targets/files/part-*")
                  .where("id like 'şık-数字-ÿ-000__'")
                  .count())
          .isEqualTo(90);
    }
  }

  private static String set(Path output) {
    return "output=\"" + output + "\"";
  }
}
