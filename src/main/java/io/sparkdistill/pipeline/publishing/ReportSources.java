package io.sparkdistill.pipeline.publishing;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.evaluation.Gallery;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.export.Sizes;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.pipeline.judging.EvaluateStage;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.students.ExportedFiles;
import io.sparkdistill.pipeline.trials.Tuning;
import io.sparkdistill.report.Provenance;
import io.sparkdistill.report.Report;
import io.sparkdistill.report.ReportData;
import io.sparkdistill.report.Rounds;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.storage.StrictJson;
import io.sparkdistill.tuning.TuningReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects what a report shows, from what was published below an output. */
public final class ReportSources {
  /** Squares of fewer features are hardly images. */
  private static final int LEAST_SIDE = 8;

  private final RunContext context;
  private final Lineage lineage;
  private final Optional<Recipe> recipe;

  /**
   * Reads nothing yet.
   *
   * @param context of the run
   * @param lineage of what was judged
   * @param recipe how all came to be, in the words of the user, where that is known
   */
  public ReportSources(RunContext context, Lineage lineage, Optional<Recipe> recipe) {
    this.context = context;
    this.lineage = lineage;
    this.recipe = recipe;
  }

  /**
   * All of it.
   *
   * @param data for the report
   * @param inputs that decide the report
   */
  record Found(ReportData data, Map<String, String> inputs) {}

  Found found() {
    ReportFiles files = new ReportFiles(context);
    Manifest evaluation = files.newest(EvaluateStage.NAME).orElseThrow(this::nothing);
    Metrics metrics =
        files
            .find("metrics", EvaluateStage.NAME, "metrics.json")
            .map(source -> Metrics.fromJson(source.content()))
            .orElseThrow(this::nothing);
    ReportData data =
        new ReportData(
            metrics,
            files
                .find("gallery", EvaluateStage.NAME, "gallery.json")
                .map(source -> Gallery.fromJson(source.content())),
            image(),
            rounds(files, evaluation),
            files.find("tuning", Tuning.NAME, "trials.json").map(ReportSources::trials),
            sizes(files, evaluation),
            new Provenance(lineage.facts(metrics), recipe));
    files.note("provenance" + ReportFiles.SHA256, Sha256.of(data.provenance().toString()));
    files.note("image", data.image().map(ImageSize::toString).orElse(ReportFiles.NONE));
    files.note("report.format", Integer.toString(Report.FORMAT));
    return new Found(data, files.inputs());
  }

  private BadInputException nothing() {
    return new BadInputException(
        "Cannot write a report, nothing was evaluated in "
            + Locations.display(context.output())
            + ". Run evaluate first, or run for everything.");
  }

  private static Map<String, Rounds> rounds(ReportFiles files, Manifest evaluation) {
    Map<String, Rounds> rounds = new LinkedHashMap<>();
    for (String name : Lineage.TRAININGS) {
      String judged = judged(evaluation, name);
      files
          .find(name + ".rounds", name, "rounds.csv", manifest -> holds(manifest, judged))
          .ifPresent(
              source ->
                  rounds.put(name, Rounds.parse(source.content(), "rounds " + source.place())));
    }
    return rounds;
  }

  private static Optional<Sizes> sizes(ReportFiles files, Manifest evaluation) {
    return files
        .find(
            "sizes",
            ExportedFiles.STAGE,
            ExportedFiles.SIZES,
            manifest ->
                Stream.of(Metrics.STUDENT, Metrics.PRUNED)
                    .allMatch(name -> judged(evaluation, name).equals(judged(manifest, name))))
        .map(source -> Sizes.fromJson(source.content()));
  }

  /** The digest of the student that something was made from. */
  private static String judged(Manifest manifest, String name) {
    return manifest.inputs().getOrDefault(name + ReportFiles.SHA256, ReportFiles.NONE);
  }

  private static boolean holds(Manifest manifest, String sha256) {
    return manifest.files().stream().map(PublishedFile::sha256).anyMatch(sha256::equals);
  }

  private static TuningReport trials(ReportFiles.Source source) {
    return StrictJson.read(
        source.content(),
        TuningReport.class,
        TuningReport.SCHEMA_VERSION,
        "trials " + source.place());
  }

  /** What is configured for images, or else a square that is large enough to be one. */
  private Optional<ImageSize> image() {
    int width = lineage.width();
    List<Integer> sizes =
        context.config().student().cnn().image().isEmpty()
            ? context.config().softTargets().views().augmentation().image()
            : context.config().student().cnn().image();
    boolean known = !sizes.isEmpty() || !context.config().student().cnn().channels().isEmpty();
    return Optional.of(ImageSize.of(sizes, width))
        .filter(size -> size.holds(width))
        .filter(size -> known || size.height() >= LEAST_SIDE);
  }
}
