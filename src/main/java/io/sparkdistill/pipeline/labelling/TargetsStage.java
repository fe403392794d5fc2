package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.pipeline.run.Inputs;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.CacheKeys;
import io.sparkdistill.softtargets.CacheVerification;
import io.sparkdistill.softtargets.ShardIndex;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.softtargets.SoftTargetReader;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.VersionHold;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/**
 * The teacher's answers on one part of the data set. A cache belongs to the source that it was made
 * from; with any other it is refused. Another teacher or codec makes a new version of all rows;
 * rows that come, change or go make one for which only what is new is scored.
 */
public final class TargetsStage implements Stage {

  private final RunContext context;
  private final String name;
  private final CacheSpec spec;
  private final CacheDirectory cache;
  private final Labelling labelling;
  private final LabelAudit audit;

  /** What a plan has found. */
  private boolean outdated;

  TargetsStage(RunContext context, CacheSpec spec) {
    this.context = context;
    this.name = spec.name();
    this.spec = spec;
    this.cache = new CacheDirectory(context.directory(name), context.hadoop());
    this.labelling = new Labelling(context, spec, cache);
    this.audit = new LabelAudit(context, spec, cache);
  }

  @Override
  public StageOutcome run() {
    Optional<Manifest> current = cache.current();
    current.ifPresent(this::refuseOthers);
    Optional<ShardIndex> there = sameBinding(current);
    LabelPlan plan = labelling.plan(there);
    if (isAllOf(plan, there)) {
      audit.refuseTooManyBad(there.get());
      cache.requireFiles(current.orElseThrow());
      cache.refreshView(current.get());
      return upToDate(current.get());
    }
    int width =
        plan.missing().isEmpty()
            ? plan.done().stream().mapToInt(shard -> shard.width()).max().orElse(0)
            : labelling.probe(plan);
    ShardIndex index = labelling.complete(plan, width);
    if (there.isPresent()
        && there.get().contentSha256().equals(index.contentSha256())
        && there.get().badRows() == index.badRows()) {
      cache.requireFiles(current.orElseThrow());
      cache.refreshView(current.get());
      return upToDate(current.get());
    }
    cache.publish(
        name, labelling.binding().with(index.examplesSha256()), facts(index), index, current);
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "labelled %,d of %,d rows; %s%s",
            index.rowsScored(),
            index.rows(),
            spec.teacher().isSilent()
                ? "there is no teacher"
                : String.format(
                    Locale.ROOT, "the teacher disagrees with %,d labels", index.teacherErrors()),
            index.badRows() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d bad rows set aside", index.badRows())));
  }

  @Override
  public StageOutcome plan() {
    Optional<Manifest> current = cache.current();
    current.ifPresent(this::refuseOthers);
    Optional<ShardIndex> there = sameBinding(current);
    LabelPlan plan = labelling.plan(there);
    outdated = !isAllOf(plan, there);
    if (!outdated) {
      audit.refuseTooManyBad(there.orElseThrow());
      cache.requireFiles(current.orElseThrow());
      return upToDate(current.get());
    }
    return new StageOutcome(name, labelling.estimate(plan));
  }

  /**
   * Reads all of the newest version again, and asks the teacher about some of its rows.
   *
   * @param sample how many rows; at least 0
   * @return how many files and rows are what was published, and how far the answers are now
   * @throws io.sparkdistill.failure.IntegrityException if a file or a row is not what was published
   */
  public StageOutcome verify(int sample) {
    Manifest manifest = published();
    CacheVerification verification = new CacheVerification(context.spark(), cache, spec.codec());
    long rows =
        JobGroups.named(
            context.spark().sparkContext(),
            name,
            "verify " + name,
            () -> verification.verify(manifest));
    String text =
        String.format(
            Locale.ROOT,
            "version %d is what was published: %,d files, %,d rows",
            manifest.version(),
            manifest.files().size(),
            rows);
    if (sample == 0 || spec.teacher().isSilent()) {
      return new StageOutcome(name, text);
    }
    CacheVerification.Sample found = verification.sample(rows(manifest), sample, labelling::ask);
    return new StageOutcome(
        name,
        text
            + String.format(
                Locale.ROOT,
                "; the teacher was asked about %,d of them again: mean |difference| %.2g, KL %.2g"
                    + " nats, %d answers with another largest class",
                found.rows(),
                found.meanDifference(),
                found.kl(),
                found.flips()));
  }

  /**
   * Whether anything was published here, of whatever configuration.
   *
   * @return false before the first time
   */
  public boolean hasVersions() {
    return cache.current().isPresent();
  }

  /**
   * Says that there is nothing to look at.
   *
   * @return the outcome
   */
  public StageOutcome withoutVersions() {
    return new StageOutcome(name, "none are published");
  }

  /**
   * Where the cache is.
   *
   * @return the folder of the stage, as people write it
   */
  public String place() {
    return Locations.display(cache.root());
  }

  /**
   * Whether the newest version is of this configuration, and of these rows if they were planned.
   */
  boolean isPublished() {
    return !outdated && cache.current().filter(this::isOfThis).isPresent();
  }

  /** What is published, after a look whether it belongs to this configuration. */
  Manifest published() {
    Manifest manifest =
        cache
            .current()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot go on without soft targets, none are published in "
                            + place()
                            + ". Run label first, or run for everything."));
    cache.requireSchema(manifest);
    refuseForeign(manifest);
    cache.requireFiles(manifest);
    return manifest;
  }

  /** Reads while nobody prunes the version. */
  @SuppressWarnings("try") // The hold is there, not used.
  <T> T held(Manifest manifest, String reader, Supplier<T> reading) {
    try (VersionHold hold = cache.hold(manifest, reader)) {
      return reading.get();
    }
  }

  JavaRDD<SoftTarget> rows(Manifest manifest) {
    return rows(manifest, Set.of());
  }

  /** The rows with those of the teacher's inner tensors that are asked for. */
  JavaRDD<SoftTarget> rows(Manifest manifest, Set<String> tensors) {
    SoftTargetReader reader = reader(tensors);
    ShardIndex index = cache.index(manifest);
    return spec.includeFeatures()
        ? reader.verified(index)
        : reader.verified(index, labelling.inputs(width(manifest)));
  }

  /** The rows as they are cached, with the inputs that the cache holds. */
  JavaRDD<SoftTarget> answers(Manifest manifest) {
    return answers(manifest, Set.of());
  }

  /** The same with those of the teacher's inner tensors that are asked for. */
  JavaRDD<SoftTarget> answers(Manifest manifest, Set<String> tensors) {
    return reader(tensors).verified(cache.index(manifest));
  }

  /** Which of the tensors that are asked for the teacher has, in the order in which rows do. */
  List<String> tensors(Set<String> asked) {
    return spec.teacher().intermediates().stream().filter(asked::contains).toList();
  }

  private SoftTargetReader reader(Set<String> tensors) {
    List<String> cached = spec.teacher().intermediates();
    return cache
        .reader(context.spark(), spec.codec())
        .withTensors(tensors(tensors).stream().map(cached::indexOf).toList());
  }

  /** Which columns the teacher saw. */
  static String columns(Manifest manifest) {
    return manifest.input(CacheKeys.COLUMNS);
  }

  /** The digest of the rows that have answers. */
  static Map<String, String> rowsOf(Manifest manifest) {
    return Map.of(CacheKeys.EXAMPLES, manifest.input(CacheKeys.EXAMPLES));
  }

  static String content(Manifest manifest) {
    return manifest.fact(CacheKeys.CONTENT);
  }

  static int width(Manifest manifest) {
    return (int) manifest.number(CacheKeys.WIDTH);
  }

  /**
   * The size of the teacher's file.
   *
   * @param manifest of a cache
   * @return bytes; 0 for a teacher without a file
   */
  public static long teacherBytes(Manifest manifest) {
    return manifest.number(CacheKeys.TEACHER_BYTES);
  }

  /**
   * The size of the teacher.
   *
   * @param manifest of a cache
   * @return numbers that were learned; 0 where nobody knows
   */
  public static long teacherParameters(Manifest manifest) {
    return manifest.number(CacheKeys.TEACHER_PARAMETERS);
  }

  private Map<String, String> facts(ShardIndex index) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(CacheKeys.WIDTH, Integer.toString(index.widths().get(0)));
    facts.put(CacheKeys.ROWS, Long.toString(index.rows()));
    facts.put("rowsScored", Long.toString(index.rowsScored()));
    facts.put(CacheKeys.BAD_ROWS, Long.toString(index.badRows()));
    facts.put(CacheKeys.CONTENT, index.contentSha256());
    facts.put(CacheKeys.TEACHER_PLACE, spec.teacher().place());
    if (!spec.teacher().isSilent()) {
      facts.put(CacheKeys.TEACHER_ERRORS, Long.toString(index.teacherErrors()));
    }
    facts.put(CacheKeys.TEACHER_BYTES, Long.toString(spec.teacher().bytes().length));
    facts.put(CacheKeys.TEACHER_PARAMETERS, Long.toString(spec.teacher().parameters()));
    return facts;
  }

  /** A version that another teacher, say, answered for lends no shards to this one. */
  private Optional<ShardIndex> sameBinding(Optional<Manifest> current) {
    return current.filter(this::isOfThis).map(cache::index);
  }

  private boolean isOfThis(Manifest manifest) {
    return difference(manifest).isEmpty();
  }

  private static boolean isAllOf(LabelPlan plan, Optional<ShardIndex> there) {
    return there.filter(index -> index.keys().equals(plan.keys())).isPresent();
  }

  private Optional<String> difference(Manifest manifest) {
    return Inputs.difference(CacheBinding.of(manifest).values(), labelling.binding().values());
  }

  private void refuseForeign(Manifest manifest) {
    refuse(difference(manifest), "they belong to another configuration or data set");
  }

  /**
   * Another teacher, codec or view makes another version. Another data set is a mistake, and prune
   * could not read versions of two formats.
   */
  private void refuseOthers(Manifest manifest) {
    cache.requireSchema(manifest);
    refuse(
        Inputs.difference(CacheBinding.of(manifest).ofExamples(), labelling.binding().ofExamples()),
        "they belong to another data set");
  }

  private void refuse(Optional<String> difference, String why) {
    if (difference.isPresent()) {
      throw new IntegrityException(
          "Cannot use the soft targets in "
              + place()
              + ", "
              + why
              + ": "
              + difference.get()
              + ". Give another output, or what they were made from.");
    }
  }

  private StageOutcome upToDate(Manifest manifest) {
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "up to date (version %d, %,d rows)",
            manifest.version(),
            manifest.number(CacheKeys.ROWS)));
  }
}
