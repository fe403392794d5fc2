package io.sparkdistill.pipeline;

import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.examples.ExampleCheck;
import io.sparkdistill.examples.ExampleReader;
import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.examples.ExamplesSummary;
import io.sparkdistill.examples.SourceListing;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.LogitCodec;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.softtargets.SoftTargetAudit;
import io.sparkdistill.softtargets.SoftTargetReader;
import io.sparkdistill.softtargets.SoftTargetWriter;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.teacher.OnnxModelFile;
import io.sparkdistill.teacher.TeacherSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;

/**
 * The teacher's answers on one part of the data set. What is published belongs to the rows, the
 * teacher and the codec that it was made from; with any other it is refused.
 */
final class TargetsStage implements Stage {
  private static final String EXAMPLES = "examples.sha256";
  private static final String LISTING = "examples.listing";
  private static final String TEACHER_BYTES = "teacher.bytes";
  private static final String TEACHER_PARAMETERS = "teacher.parameters";
  private static final String CONTENT = "content.sha256";

  private final RunContext context;
  private final String name;
  private final SourceConfig source;
  private final LogitCodec codec;
  private final OnnxModelFile teacher;
  private final StageDirectory directory;

  TargetsStage(
      RunContext context,
      String name,
      SourceConfig source,
      LogitCodec codec,
      OnnxModelFile teacher) {
    this.context = context;
    this.name = name;
    this.source = source;
    this.codec = codec;
    this.teacher = teacher;
    this.directory = context.directory(name);
  }

  @Override
  public StageOutcome run() {
    ExampleTable table = open();
    Optional<Manifest> current = directory.current();
    if (current.isPresent()) {
      refuseForeign(current.get(), table);
      directory.refreshView(current.get());
      return upToDate(current.get());
    }
    // Taken first: what changes while it is read must look touched later.
    Optional<String> listing = SourceListing.sha256(table, context.hadoop());
    ExamplesSummary summary = check(table);
    SoftTargetWriter writer = writer(summary);
    writer.probe(table);
    Path attempt = directory.newAttempt();
    write(writer, table, attempt, summary.rows());
    SoftTargetAudit.Audited audited =
        JobGroups.named(
            context.spark().sparkContext(),
            name,
            "audit " + name,
            () ->
                new SoftTargetAudit(context.spark(), directory, codec)
                    .audit(attempt, summary.rows(), teacher.place()));
    Map<String, String> inputs = bindings();
    inputs.put(EXAMPLES, summary.sha256());
    directory.publish(
        Manifest.unpublished(name, inputs, facts(listing, summary, audited), audited.files()),
        current);
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "labelled %,d rows; the teacher disagrees with %,d labels",
            audited.rows(),
            audited.teacherErrors()));
  }

  @Override
  public StageOutcome plan() {
    ExampleTable table = open();
    Optional<Manifest> current = directory.current();
    if (current.isPresent()) {
      refuseForeign(current.get(), table);
      return upToDate(current.get());
    }
    ExamplesSummary summary = check(table);
    writer(summary).probe(table);
    return new StageOutcome(
        name, String.format(Locale.ROOT, "would label %,d rows", summary.rows()));
  }

  String place() {
    return Locations.display(directory.root());
  }

  boolean isPublished() {
    return directory.current().isPresent();
  }

  /** What is published, after a look whether it belongs to this configuration. */
  Manifest published() {
    Manifest manifest =
        directory
            .current()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot go on without soft targets, none are published in "
                            + Locations.display(directory.root())
                            + ". Run label first, or run for everything."));
    refuseForeign(manifest, open());
    return manifest;
  }

  JavaRDD<SoftTarget> rows(Manifest manifest) {
    return new SoftTargetReader(context.spark()).verified(directory, manifest, codec);
  }

  static String content(Manifest manifest) {
    return manifest.facts().get(CONTENT);
  }

  static int width(Manifest manifest) {
    return (int) manifest.number("examples.width");
  }

  static long teacherBytes(Manifest manifest) {
    return manifest.number(TEACHER_BYTES);
  }

  static long teacherParameters(Manifest manifest) {
    return manifest.number(TEACHER_PARAMETERS);
  }

  private ExampleTable open() {
    return new ExampleReader(context.spark(), context.config().dataset()).open(source);
  }

  private ExamplesSummary check(ExampleTable table) {
    return JobGroups.named(
        context.spark().sparkContext(),
        name,
        "check " + source.display(),
        () -> new ExampleCheck(context.config().dataset().classes()).check(table));
  }

  private SoftTargetWriter writer(ExamplesSummary summary) {
    TeacherSpec spec =
        TeacherSpec.of(
            teacher,
            context.config().teacher(),
            summary.width(),
            context.config().dataset().classes(),
            context.threadsPerTask());
    return new SoftTargetWriter(
        context.spark(), teacher, spec, codec, context.config().softTargets().batchSize());
  }

  private void write(SoftTargetWriter writer, ExampleTable table, Path attempt, long rows) {
    Progress.Task task = context.progress().begin("label " + name, "rows", rows);
    try (RowCounter counter =
        new RowCounter(context.spark().sparkContext(), "rows labelled", task)) {
      JobGroups.named(
          context.spark().sparkContext(),
          name,
          "label " + source.display(),
          () -> {
            writer.write(table, attempt, counter.rows());
            return true;
          });
      task.reached(rows, "");
    }
  }

  /** Everything but the rows that decides what is published. */
  private Map<String, String> bindings() {
    Map<String, String> bindings = new TreeMap<>();
    bindings.put("codec", codec.description());
    bindings.put("classes", Integer.toString(context.config().dataset().classes()));
    bindings.put("teacher.sha256", teacher.sha256());
    bindings.put("teacher.input", context.config().teacher().input().orElse("the only one"));
    bindings.put("teacher.output", context.config().teacher().output().orElse("the only one"));
    return bindings;
  }

  private Map<String, String> facts(
      Optional<String> listing, ExamplesSummary summary, SoftTargetAudit.Audited audited) {
    Map<String, String> facts = new TreeMap<>();
    listing.ifPresent(digest -> facts.put(LISTING, digest));
    facts.put("examples.source", source.display());
    facts.put("examples.width", Integer.toString(summary.width()));
    facts.put("rows", Long.toString(audited.rows()));
    facts.put(CONTENT, audited.contentSha256());
    facts.put("teacher.place", teacher.place());
    facts.put("teacher.errors", Long.toString(audited.teacherErrors()));
    facts.put(TEACHER_BYTES, Long.toString(teacher.bytes().length));
    facts.put(TEACHER_PARAMETERS, Long.toString(teacher.parameters()));
    return facts;
  }

  /** Rows are compared only where the files have been touched since. */
  private void refuseForeign(Manifest manifest, ExampleTable table) {
    Map<String, String> here = bindings();
    Optional<String> listing = SourceListing.sha256(table, context.hadoop());
    boolean untouched = listing.isPresent() && listing.get().equals(manifest.facts().get(LISTING));
    Optional<String> cheap = Inputs.difference(withoutRows(manifest), here);
    if (cheap.isEmpty()) {
      here.put(EXAMPLES, untouched ? manifest.inputs().get(EXAMPLES) : check(table).sha256());
    }
    cheap
        .or(() -> Inputs.difference(manifest.inputs(), here))
        .ifPresent(
            difference -> {
              throw new IntegrityException(
                  "Cannot use the soft targets in "
                      + Locations.display(directory.root())
                      + ", they belong to another configuration or data set: "
                      + difference
                      + ". Give another output, or what they were made from.");
            });
    directory.requireFiles(manifest);
  }

  private static Map<String, String> withoutRows(Manifest manifest) {
    Map<String, String> inputs = new TreeMap<>(manifest.inputs());
    inputs.remove(EXAMPLES);
    return inputs;
  }

  private StageOutcome upToDate(Manifest manifest) {
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "up to date (version %d, %,d rows)",
            manifest.version(),
            manifest.number("rows")));
  }
}
