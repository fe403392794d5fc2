package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.examples.ExampleCheck;
import io.sparkdistill.examples.ExampleReader;
import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.examples.ExamplesSummary;
import io.sparkdistill.examples.FeatureType;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.examples.TableSplits;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.Shard;
import io.sparkdistill.softtargets.ShardIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One part of the data set as it lies at its source, and what of it was labelled before. */
final class LabelInput {
  private final RunContext context;
  private final String name;
  private final CacheSpec spec;
  private final SourceConfig source;
  private final CacheBinding binding;
  private final CacheDirectory cache;

  LabelInput(RunContext context, CacheSpec spec, CacheDirectory cache) {
    this.context = context;
    this.name = spec.name();
    this.spec = spec;
    this.source = spec.source();
    this.cache = cache;
    this.binding = CacheBinding.of(spec, context.hadoop());
  }

  CacheBinding binding() {
    return binding;
  }

  /** Lists the input, and what of it was labelled before. */
  LabelPlan plan(Optional<ShardIndex> current) {
    ExampleTable table = open();
    String shards = binding.ofShards(stored(table));
    List<InputSplit> splits =
        TableSplits.of(table).orElseGet(() -> tableAsAWhole(table, shards, current));
    Map<String, Shard> known =
        current.stream()
            .flatMap(index -> index.shards().stream())
            .filter(shard -> shard.binding().equals(shards))
            .collect(Collectors.toMap(Shard::key, Function.identity()));
    List<InputSplit> others =
        splits.stream().filter(split -> !known.containsKey(split.key())).toList();
    List<Shard> done =
        Stream.concat(
                splits.stream().map(split -> known.get(split.key())).filter(shard -> shard != null),
                cache.finished(shards, others).stream())
            .toList();
    Set<String> keys = splits.stream().map(InputSplit::key).collect(Collectors.toSet());
    List<Shard> gone =
        known.values().stream().filter(shard -> !keys.contains(shard.key())).toList();
    return new LabelPlan(table, splits, done, gone);
  }

  /** Noise is no whole number. */
  FeatureType stored(ExampleTable table) {
    if (!spec.includeFeatures()) {
      return FeatureType.NONE;
    }
    return spec.views().augmentation().noise() > 0 ? FeatureType.FLOAT : table.features();
  }

  ExampleTable open() {
    return new ExampleReader(
            TableSplits.session(context.spark(), context.config().softTargets().shardBytes()),
            spec.dataset(),
            spec.teacher().column().map(TeacherSource.Column::column))
        .open(source);
  }

  /**
   * A table that is not plainly files is known by its rows. Its partitions may hold other rows each
   * time, so that its splits are never those of another run, unless all rows are the same.
   */
  private List<InputSplit> tableAsAWhole(
      ExampleTable table, String shards, Optional<ShardIndex> current) {
    ExamplesSummary summary = check(table);
    String rows = source.display() + "@" + summary.sha256() + "#";
    List<InputSplit> before =
        current.stream()
            .flatMap(index -> index.shards().stream())
            .filter(shard -> shard.binding().equals(shards))
            .map(Shard::split)
            .filter(split -> split.file().startsWith(rows))
            .toList();
    if (!before.isEmpty()) {
      return before;
    }
    String once = rows + UUID.randomUUID();
    int parts = TableSplits.rows(table).getNumPartitions();
    List<InputSplit> splits = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      splits.add(new InputSplit(once, summary.rows(), InputSplit.NO_FILE, i, 1));
    }
    return splits;
  }

  ExampleCheck examples() {
    return new ExampleCheck(
        context.config().dataset().classes(),
        spec.teacher().column().map(TeacherSource.Column::answers).orElse(AnswerKind.NONE),
        spec.rules());
  }

  void explain(LabelPlan plan) {
    JobGroups.named(
        context.spark().sparkContext(),
        name,
        "check " + source.display(),
        () -> {
          examples().explain(plan.table(), context.config().softTargets().maxBadRows());
          return plan;
        });
  }

  ExamplesSummary check(ExampleTable table) {
    return JobGroups.named(
        context.spark().sparkContext(),
        name,
        "check " + source.display(),
        () -> examples().check(table));
  }
}
