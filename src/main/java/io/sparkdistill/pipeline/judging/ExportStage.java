package io.sparkdistill.pipeline.judging;

import io.sparkdistill.config.CompressConfig;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.evaluation.JudgedModel;
import io.sparkdistill.evaluation.OnnxCandidate;
import io.sparkdistill.evaluation.RowByRow;
import io.sparkdistill.export.Deviation;
import io.sparkdistill.export.MeasuredModel;
import io.sparkdistill.export.Measurement;
import io.sparkdistill.export.Sizes;
import io.sparkdistill.export.StudentOnnx;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.pipeline.students.ExportedFiles;
import io.sparkdistill.pipeline.students.StudentStage;
import io.sparkdistill.pipeline.students.StudentVersions;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.teacher.OnnxFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * Students as ONNX files, in float32 and perhaps in int8. Before they are published, those in
 * float32 are asked about the test set, and must answer as Deeplearning4j does.
 */
public final class ExportStage implements Stage {
  private final RunContext context;
  private final DistillConfig config;
  private final TeacherFiles teachers;
  private final Targets softTargets;
  private final Targets testTargets;
  private final List<StudentStage> students;
  private final StageDirectory directory;

  /**
   * Reads nothing yet.
   *
   * @param context of the run
   * @param teachers that students are compared with in size and speed
   * @param softTargets rows for a calibration
   * @param testTargets rows that runtimes are compared on
   * @param students at least one
   */
  public ExportStage(
      RunContext context,
      TeacherFiles teachers,
      Targets softTargets,
      Targets testTargets,
      List<StudentStage> students) {
    this.context = context;
    this.config = context.config();
    this.teachers = teachers;
    this.softTargets = softTargets;
    this.testTargets = testTargets;
    this.students = List.copyOf(students);
    this.directory = ExportedFiles.of(context);
  }

  @Override
  public StageOutcome run() {
    Map<String, String> inputs = inputs();
    Optional<Manifest> current = directory.current();
    Optional<Manifest> kept = current.filter(manifest -> manifest.isMadeOf(inputs));
    if (kept.isPresent()) {
      kept.get().files().forEach(directory::read);
      directory.refreshView(kept.get());
      return upToDate(kept.get());
    }
    List<FloatStudent> floats =
        students.stream()
            .map(
                stage ->
                    FloatStudent.of(stage.candidate(stage.published()), stage.published(), config))
            .toList();
    List<MeasuredModel> models = new ArrayList<>(teachers.measured(testTargets.widths()));
    models.addAll(new ExportWork(context, softTargets, testTargets).models(floats));
    // No job runs now that could slow one of them down.
    Sizes sizes = new Measurement(config.export().timing()).of(models);
    Path attempt = directory.newAttempt();
    List<PublishedFile> files = new ArrayList<>();
    for (MeasuredModel model : models) {
      model
          .published()
          .ifPresent(name -> files.add(directory.write(attempt, name, model.file().bytes())));
    }
    files.add(directory.write(attempt, ExportedFiles.SIZES, sizes.toJson()));
    Manifest published =
        directory.publish(
            Manifest.unpublished(ExportedFiles.STAGE, inputs, facts(models), files), current);
    return new StageOutcome(
        ExportedFiles.STAGE,
        String.format(
            Locale.ROOT,
            "published version %d: %s; logits differ by at most %.2g from Deeplearning4j's",
            published.version(),
            names(published),
            largest(models)));
  }

  @Override
  public StageOutcome plan() {
    return isUpToDate()
        ? upToDate(directory.current().orElseThrow())
        : new StageOutcome(
            ExportedFiles.STAGE,
            "would export "
                + students.stream()
                    .map(stage -> FloatStudent.fileName(stage.name()))
                    .collect(Collectors.joining(", ")));
  }

  boolean isUpToDate() {
    return testTargets.arePublished()
        && students.stream().allMatch(StudentStage::isUpToDate)
        && directory.madeOf(inputs()).isPresent();
  }

  /** What must be there before students can be exported. */
  public void requirePublished() {
    testTargets.published();
    students.forEach(StudentStage::published);
  }

  /**
   * What the files of the newest version weigh.
   *
   * @return as they were published
   */
  public Sizes sizes() {
    return Sizes.fromJson(
        directory.read(directory.current().orElseThrow().file(ExportedFiles.SIZES)));
  }

  /**
   * Where people find a file.
   *
   * @param name of the file
   * @return the copy beside the student, as people write it
   */
  public String place(String name) {
    return Locations.display(new Path(ExportedFiles.shown(context), name));
  }

  /** Students in int8, to be judged as others are. */
  List<JudgedModel> quantised() {
    List<JudgedModel> models = new ArrayList<>();
    for (Map.Entry<StudentStage, PublishedFile> entry : quantisedFiles().entrySet()) {
      PublishedFile file = entry.getValue();
      OnnxCandidate model =
          new OnnxCandidate(
              entry.getKey().name() + ExportedFiles.INT8,
              new OnnxFile(
                  directory.read(file),
                  Locations.display(directory.path(file)),
                  testTargets.width(testTargets.published()),
                  config.dataset().classes()),
              StudentOnnx.LOGITS,
              entry.getKey().published().number("parameters"));
      models.add(isRowByRow() ? new RowByRow(model) : model);
    }
    return models;
  }

  /** What decides {@link #quantised}. */
  Map<String, String> quantisedInputs() {
    Map<String, String> inputs = new TreeMap<>();
    quantisedFiles()
        .forEach(
            (stage, file) -> {
              inputs.put(stage.name() + ExportedFiles.INT8 + ".sha256", file.sha256());
              if (isRowByRow()) {
                inputs.put(stage.name() + ExportedFiles.INT8 + ".judged", "row by row");
              }
            });
    return inputs;
  }

  /** Without a calibration, rows that are scored at once decide about one another's steps. */
  private boolean isRowByRow() {
    return !config.compress().calibrates();
  }

  private Map<StudentStage, PublishedFile> quantisedFiles() {
    Map<StudentStage, PublishedFile> files = new LinkedHashMap<>();
    if (config.compress().quantises()) {
      Manifest manifest = published();
      students.forEach(
          stage ->
              files.put(
                  stage, manifest.file(FloatStudent.fileName(stage.name() + ExportedFiles.INT8))));
    }
    return files;
  }

  /** The newest version, if it has what would be exported now. */
  Manifest published() {
    if (!isUpToDate()) {
      throw new BadInputException(
          "Cannot evaluate students in int8, there are none of this configuration in "
              + Locations.display(directory.root())
              + ". Run export first, or run for everything.");
    }
    return directory.current().orElseThrow();
  }

  /** Everything that decides the files, and what is told of them. */
  private Map<String, String> inputs() {
    CompressConfig compress = config.compress();
    Map<String, String> inputs = new TreeMap<>(teachers.inputs());
    inputs.putAll(testTargets.inputs(testTargets.published()));
    students.forEach(
        stage ->
            inputs.put(stage.name() + ".sha256", StudentVersions.zipSha256(stage.published())));
    inputs.put("export.output", Spelling.of(config.export().head()));
    inputs.put("export.latency", config.export().timing().description());
    if (compress.quantises()) {
      inputs.put("compress.quantise", compress.quantiseName());
    }
    if (compress.calibrates()) {
      inputs.put("compress.calibrationRows", Integer.toString(compress.calibrationRows()));
      inputs.putAll(softTargets.inputsOfLabels(softTargets.published()));
    }
    return inputs;
  }

  private static Map<String, String> facts(List<MeasuredModel> models) {
    return Map.of(
        "testRows",
        Long.toString(deviations(models).findFirst().map(Deviation::rows).orElse(0L)),
        "maxDifference",
        Double.toString(largest(models)));
  }

  private static double largest(List<MeasuredModel> models) {
    return deviations(models).mapToDouble(Deviation::largest).max().orElse(0);
  }

  private static Stream<Deviation> deviations(List<MeasuredModel> models) {
    return models.stream().flatMap(model -> model.deviation().stream());
  }

  private static String names(Manifest manifest) {
    return manifest.files().stream()
        .map(PublishedFile::name)
        .filter(name -> !name.equals(ExportedFiles.SIZES))
        .collect(Collectors.joining(", "));
  }

  private static StageOutcome upToDate(Manifest manifest) {
    return new StageOutcome(
        ExportedFiles.STAGE,
        "up to date (version " + manifest.version() + ", " + names(manifest) + ")");
  }
}
