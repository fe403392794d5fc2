package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.examples.Example;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.Causes;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.InputJoin;
import io.sparkdistill.softtargets.LabelJob;
import io.sparkdistill.softtargets.RowLayout;
import io.sparkdistill.softtargets.Shard;
import io.sparkdistill.softtargets.ShardIndex;
import io.sparkdistill.softtargets.ShardJob;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.teacher.Teacher;
import io.sparkdistill.teacher.TeacherSessions;
import io.sparkdistill.teacher.TeacherSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Labels what is missing of one part of the data set, and says before what that would take. */
final class Labelling {
  private static final int PROBED = 64;

  private final RunContext context;
  private final String name;
  private final CacheSpec spec;
  private final SourceConfig source;
  private final LabelInput input;
  private final LabelAudit audit;
  private final CacheDirectory cache;

  Labelling(RunContext context, CacheSpec spec, CacheDirectory cache) {
    this.context = context;
    this.name = spec.name();
    this.spec = spec;
    this.source = spec.source();
    this.cache = cache;
    this.input = new LabelInput(context, spec, cache);
    this.audit = new LabelAudit(context, spec, cache);
  }

  CacheBinding binding() {
    return input.binding();
  }

  /** Lists the input, and what of it was labelled before. */
  LabelPlan plan(Optional<ShardIndex> current) {
    return input.plan(current);
  }

  /** Where inputs are that the cache does not hold. */
  InputJoin inputs(int width) {
    return new InputJoin(input.open(), input.examples(), spec.views(), width);
  }

  /**
   * A look at the head of the table.
   *
   * @return the width that rows must have
   * @throws BadInputException if no row is usable, or the teacher does not fit
   * @throws io.sparkdistill.failure.InvalidConfigurationException if so many rows of this width are
   *     too many for one batch
   */
  int probe(LabelPlan plan) {
    List<Example> some = input.examples().sample(plan.table(), PROBED);
    Map<Integer, Long> widths =
        some.stream()
            .collect(Collectors.groupingBy(row -> row.features().length, Collectors.counting()));
    if (widths.isEmpty() || (widths.size() == 1 && widths.containsKey(0))) {
      input.check(plan.table());
      throw new BadInputException(
          "Cannot use examples from "
              + source.display()
              + ", none of its rows is usable. Correct them.");
    }
    int width =
        widths.entrySet().stream()
            .max(Comparator.comparing(Map.Entry<Integer, Long>::getValue))
            .orElseThrow()
            .getKey();
    requireRoom(width);
    job(plan, width).probe(some.stream().filter(row -> row.features().length == width).toList());
    return width;
  }

  /** Also for what comes later, before the teacher is asked about all rows. */
  private void requireRoom(int width) {
    DistillConfig config = context.config();
    int classes = config.dataset().classes();
    BatchRoom.require("softTargets.batchSize", config.softTargets().batchSize(), width, classes);
    BatchRoom.require("evaluation.batchSize", config.evaluation().batchSize(), width, classes);
    config.export().timing().batches().stream()
        .max(Comparator.naturalOrder())
        .filter(rows -> config.export().onnx() && !config.export().timing().isOff())
        .ifPresent(rows -> BatchRoom.require("export.latency.batches", rows, width, classes));
  }

  /** Labels what is missing; afterwards all shards of the plan are there. */
  ShardIndex complete(LabelPlan plan, int width) {
    Set<String> missing = new HashSet<>(plan.missing());
    List<Shard> shards = new ArrayList<>(plan.done());
    for (Shard shard : recognised(plan, width)) {
      shards.add(shard);
      missing.remove(shard.key());
    }
    if (!missing.isEmpty()) {
      shards.addAll(score(plan, width, missing));
    }
    ShardIndex index = new ShardIndex(ShardIndex.SCHEMA_VERSION, shards, missing);
    audit.beforePublishing(plan, index, () -> input.explain(plan));
    return index;
  }

  private List<Shard> recognised(LabelPlan plan, int width) {
    Map<String, List<Shard>> candidates = plan.candidates();
    // The same rows may have other answers in a column.
    return candidates.isEmpty() || spec.teacher().column().isPresent()
        ? List.of()
        : JobGroups.named(
            context.spark().sparkContext(),
            name,
            "recognise " + source.display(),
            () -> job(plan, width).recognise(plan.table(), plan.splits(), candidates));
  }

  /** Says what labelling would do, from a timed sample of the teacher on one core. */
  String estimate(LabelPlan plan) {
    if (plan.missing().isEmpty()) {
      return "would publish a version of rows that are all labelled";
    }
    long rows =
        Math.round(
            plan.table().rows().count() * plan.missingShare(plan.missing()) * spec.views().count());
    int width = probe(plan);
    double megabytes = spec.includeFeatures() ? rows * 4e-6 * width : 0;
    String what =
        String.format(
            Locale.ROOT,
            "would label about %,d rows in %,d shards, %,.1f MB of features before compression",
            rows,
            plan.missing().size(),
            megabytes);
    return spec.teacher().isSilent() ? what : what + "; " + speed(plan, width, rows);
  }

  private String speed(LabelPlan plan, int width, long rows) {
    List<Example> some =
        input.examples().sample(plan.table(), PROBED).stream()
            .filter(row -> row.features().length == width)
            .toList();
    LabelJob job = job(plan, width);
    long start = System.nanoTime();
    job.probe(some);
    double perSecond = some.size() / ((System.nanoTime() - start) / 1e9);
    int tasks =
        Math.min(plan.missing().size(), context.spark().sparkContext().defaultParallelism());
    return String.format(
        Locale.ROOT,
        "the teacher answers %,.0f rows a second on one core, so it takes about %,.0f s on %d",
        perSecond,
        Math.ceil(rows / perSecond / tasks),
        tasks);
  }

  private List<Shard> score(LabelPlan plan, int width, Set<String> missing) {
    // Shards, because how many rows there are is not known before they are read.
    Progress.Task task = context.progress().begin("label " + name, "shards", missing.size());
    try (RowCounter counter =
        new RowCounter(context.spark().sparkContext(), "rows labelled", task)) {
      List<Shard> shards =
          JobGroups.named(
              context.spark().sparkContext(),
              name,
              "label " + source.display(),
              () -> job(plan, width).score(plan.table(), plan.splits(), missing, counter.rows()));
      counter.finished(missing.size());
      return shards;
    } catch (Exception e) {
      if (Causes.first(e, BadInputException.class).isPresent()) {
        // A task stops at the first row too many; people want to know of the others. It may be the
        // teacher that failed, on good rows.
        input.explain(plan);
      }
      throw e;
    }
  }

  /** What the teacher says of rows that it was shown before, C logits each, in their order. */
  List<float[]> ask(List<SoftTarget> rows) {
    int width = rows.get(0).features().length;
    Teacher.Batch batch =
        TeacherSessions.shared(teacherSpec(width), spec.teacher()::bytes).batch(1);
    Map<String, Example> answered =
        spec.teacher().column().isPresent()
            ? AnsweredRows.find(input.examples().usable(input.open()), rows)
            : Map.of();
    List<float[]> answers = new ArrayList<>();
    for (SoftTarget row : rows) {
      Example asked = new Example(row.id(), row.label(), row.features());
      batch.put(0, answered.getOrDefault(row.id(), asked));
      answers.add(batch.score(1).logits());
    }
    return answers;
  }

  private TeacherSpec teacherSpec(int width) {
    return spec.teacher()
        .spec(width, context.config().dataset().classes(), context.threadsPerTask());
  }

  private LabelJob job(LabelPlan plan, int width) {
    return new LabelJob(
        context.spark(),
        spec.teacher(),
        new ShardJob(
            input.binding().ofShards(input.stored(plan.table())),
            new RowLayout(
                spec.codec(),
                input.stored(plan.table()),
                spec.teacher().intermediates().size(),
                spec.rules().weighted()),
            spec.rules(),
            spec.views(),
            teacherSpec(width),
            context.config().softTargets().batchSize(),
            context.config().softTargets().maxBadRows(),
            cache.root().toString()));
  }
}
