package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.ViewsConfig;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.examples.ExampleReader;
import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.examples.FeatureType;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.examples.RowRules;
import io.sparkdistill.examples.TableSplits;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.teacher.TeacherModel;
import io.sparkdistill.teacher.TeacherSpec;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two attempts at one shard, as speculation, a late task, or two runs in spite of the lock. */
class LateAttemptTest {
  @TempDir private Path folder;

  @Test
  void attemptThatCommitsAfterTheVersionWasPublishedAddsNothing() throws Exception {
    DistillConfig config =
        ConfigLoader.fromFile(Path.of(Workspace.create(folder).conf()).toFile(), List.of())
            .config();
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.STORE,
            folder,
            Fault.await(Moment.CREATING, "shards/", "-e " + folder + "/stage/versions/1.json"));
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      Configuration conf = spark.sparkContext().hadoopConfiguration();
      store.settings().forEach(conf::set);
      TinyDigits.write(
          spark, TinyDigits.rows("a", 100, 1), TinyDigits.schema(), folder.resolve("one"), 1);
      Attempts attempts = Attempts.of(spark, config, folder.resolve("one"), store.uri(folder));

      Future<List<Shard>> late = threads.submit(attempts::score);
      store.awaitHappened(folder);
      List<Shard> early = attempts.score();
      Manifest published = attempts.publish(early);

      assertThat(late.get()).isEqualTo(early);
      assertThat(early).singleElement().extracting(Shard::rows).isEqualTo(100L);
      assertThat(attempts.cache().current()).contains(published);
      assertThat(attempts.cache().index(published).shards()).isEqualTo(early);
      attempts.cache().requireFiles(published);
      try (Stream<Path> parts = Files.list(folder.resolve("stage/files"))) {
        assertThat(parts.filter(file -> file.getFileName().toString().startsWith("part-")))
            .hasSize(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private record Attempts(
      SparkSession spark, ExampleTable table, LabelJob job, CacheDirectory cache) {
    static Attempts of(SparkSession spark, DistillConfig config, Path input, String output)
        throws IOException {
      Configuration conf = spark.sparkContext().hadoopConfiguration();
      TeacherModel model = TeacherModel.read(config.teachers().get(0), conf);
      LogitCodec codec = LogitCodec.of(config.softTargets(), TinyDigits.CLASSES);
      TeacherSpec teacher = model.spec(TinyDigits.WIDTH, TinyDigits.CLASSES, 1);
      ShardJob job =
          new ShardJob(
              "0".repeat(64),
              new RowLayout(codec, FeatureType.FLOAT, 0),
              RowRules.usual(),
              ViewsConfig.plain(),
              teacher,
              16,
              0,
              output + "/stage");
      StageDirectory directory =
          new StageDirectory(new org.apache.hadoop.fs.Path(output), "stage", Set.of(), conf);
      ExampleTable table =
          new ExampleReader(TableSplits.session(spark, 1 << 20), config.dataset())
              .open(new io.sparkdistill.config.SourceConfig.Files(input.toString(), "parquet"));
      return new Attempts(
          spark, table, new LabelJob(spark, model, job), new CacheDirectory(directory, conf));
    }

    List<Shard> score() {
      List<InputSplit> splits = TableSplits.of(table).orElseThrow();
      Set<String> keys = splits.stream().map(InputSplit::key).collect(Collectors.toSet());
      return job.score(table, splits, keys, spark.sparkContext().longAccumulator());
    }

    Manifest publish(List<Shard> shards) {
      ShardIndex index = new ShardIndex(ShardIndex.SCHEMA_VERSION, shards, Set.of());
      return cache.publish("stage", Map.of(), Map.of(), index, Optional.empty());
    }
  }
}
