package io.sparkdistill.pipeline;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.evaluation.Gallery;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.report.Provenance;
import io.sparkdistill.report.Report;
import io.sparkdistill.report.ReportData;
import io.sparkdistill.report.Rounds;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.StrictJson;
import io.sparkdistill.tuning.TuningReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects what a report shows, from what was published below an output. */
final class ReportSources {
  private static final String METRICS = "metrics.json";
  private static final String GALLERY = "gallery.json";
  private static final String ROUNDS = "rounds.csv";
  private static final String TRIALS = "trials.json";
  private static final String NONE = "none";

  /** Squares of fewer features are hardly images. */
  private static final int LEAST_SIDE = 8;

  private final RunContext context;
  private final Lineage lineage;
  private final Optional<Recipe> recipe;

  ReportSources(RunContext context, Lineage lineage, Optional<Recipe> recipe) {
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

  /** A file of a stage, with its checksum compared when it is read. */
  private record Source(StageDirectory directory, PublishedFile file) {
    byte[] content() {
      return directory.read(file);
    }

    String place() {
      return Locations.display(directory.path(file));
    }
  }

  Found found() {
    Source evaluated =
        source(EvaluateStage.NAME, METRICS)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot write a report, nothing was evaluated in "
                            + Locations.display(context.output())
                            + ". Run evaluate first, or run for everything."));
    Metrics metrics = Metrics.fromJson(evaluated.content());
    Map<String, String> inputs = new TreeMap<>();
    inputs.put("report.format", Integer.toString(Report.FORMAT));
    inputs.put("metrics.sha256", evaluated.file().sha256());
    Optional<Gallery> gallery =
        noted(inputs, "gallery", source(EvaluateStage.NAME, GALLERY))
            .map(source -> Gallery.fromJson(source.content()));
    Map<String, Rounds> rounds = new LinkedHashMap<>();
    for (String training : List.of(Metrics.STUDENT, Metrics.BASELINE)) {
      Optional<Source> source =
          metrics.models().containsKey(training) ? source(training, ROUNDS) : Optional.empty();
      noted(inputs, training + ".rounds", source)
          .ifPresent(
              file -> rounds.put(training, Rounds.parse(file.content(), "rounds " + file.place())));
    }
    Optional<TuningReport> tuning =
        noted(inputs, "tuning", source(Tuning.NAME, TRIALS)).map(ReportSources::trials);
    Provenance provenance = new Provenance(lineage.facts(metrics), recipe);
    inputs.put("provenance.sha256", Sha256.of(provenance.toString()));
    Optional<ImageSize> image = image();
    inputs.put("image", image.map(ImageSize::toString).orElse(NONE));
    return new Found(new ReportData(metrics, gallery, image, rounds, tuning, provenance), inputs);
  }

  private Optional<Source> source(String stage, String name) {
    StageDirectory directory = context.directory(stage);
    return directory
        .current()
        .flatMap(
            manifest ->
                manifest.files().stream().filter(file -> file.name().equals(name)).findFirst())
        .map(file -> new Source(directory, file));
  }

  private static Optional<Source> noted(
      Map<String, String> inputs, String name, Optional<Source> source) {
    inputs.put(name + ".sha256", source.map(found -> found.file().sha256()).orElse(NONE));
    return source;
  }

  private static TuningReport trials(Source source) {
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
