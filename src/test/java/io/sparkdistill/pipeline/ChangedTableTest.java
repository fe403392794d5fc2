package io.sparkdistill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.pipeline.run.LogProgress;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is not plainly files has no times to look at: its rows are counted. */
class ChangedTableTest {
  @TempDir private Path folder;

  @Test
  void viewWhoseRowsBecomeFewerWhileTheyAreReadIsNotPublished() throws IOException {
    Workspace workspace = Workspace.create(folder);
    Path train = folder.resolve("data/train");
    Path fewer = folder.resolve("fewer");
    Path next = folder.resolve("next");
    String replace =
        "rm "
            + train
            + "/.*.crc; for f in "
            + train
            + "/*.parquet;"
            + " do mv "
            + next
            + "/$(basename $f) $f; done";
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.STORE,
            folder,
            Fault.shell(Moment.CREATING, "soft-targets/files/part-", replace));
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      Configuration conf = spark.sparkContext().hadoopConfiguration();
      store.settings().forEach(conf::set);
      TinyDigits.write(spark, TinyDigits.rows("fewer", 90, 4), TinyDigits.schema(), fewer, 3);
      Files.createDirectory(next);
      for (int i = 0; i < 3; i++) {
        Files.move(parquet(fewer).get(0), next.resolve(parquet(train).get(i).getFileName()));
      }
      spark.sql(
          "CREATE GLOBAL TEMPORARY VIEW digits AS SELECT * FROM parquet.`"
              + train
              + "` WHERE label >= 0");
      DistillConfig config =
          config(
              workspace,
              "output=\"" + store.uri(workspace.output()) + "\"",
              "dataset.train={table=global_temp.digits,path=null}");
      Pipeline pipeline = new Pipeline(spark, config, new LogProgress());

      assertThatThrownBy(() -> pipeline.run(Command.LABEL, "test"))
          .isInstanceOf(TransientException.class)
          .hasMessageStartingWith("Cannot publish soft targets of table global_temp.digits")
          .hasMessageEndingWith(
              " rows instead of 600. Run again; look at the file system if it happens twice.");

      assertThat(store.happened(folder)).isEqualTo(1);
      assertThat(folder.resolve("out/soft-targets/versions")).doesNotExist();
      pipeline.run(Command.LABEL, "test");
      assertThat(Files.readString(folder.resolve("out/soft-targets/versions/1.json")))
          .contains("\"rows\" : \"90\"");
    }
  }

  @Test
  void rowsThatTheTeacherCannotAnswerDoNotCountAsLost() throws IOException {
    Workspace workspace = Workspace.create(folder);
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      String rows = "SELECT * FROM parquet.`" + folder.resolve("data/train") + "`";
      spark.sql(
          "CREATE GLOBAL TEMPORARY VIEW with_large AS "
              + rows
              + " UNION ALL SELECT 'large' AS id, transform(features, x -> float(3e38)) AS features,"
              + " label FROM ("
              + rows
              + " LIMIT 1)");

      new Pipeline(
              spark,
              config(
                  workspace,
                  "dataset.train={table=global_temp.with_large,path=null}",
                  "softTargets.maxBadRows=1"),
              new LogProgress())
          .run(Command.LABEL, "test");

      assertThat(Files.readString(folder.resolve("out/soft-targets/versions/1.json")))
          .contains("\"rows\" : \"600\"", "\"badRows\" : \"1\"");
    }
  }

  private static DistillConfig config(Workspace workspace, String... settings) {
    return ConfigLoader.fromFile(Path.of(workspace.conf()).toFile(), List.of(settings)).config();
  }

  private static List<Path> parquet(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }
}
