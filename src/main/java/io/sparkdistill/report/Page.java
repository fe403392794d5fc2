package io.sparkdistill.report;

import io.sparkdistill.config.Recipe;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.text.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a report says, before it is put into markup.
 *
 * @param verdict first
 * @param gap errors along one line
 * @param models the table of the verdict
 * @param sections after that, in order
 * @param measures all of them, of all models and of each of several teachers; then pairs of models
 * @param command that makes all of it again
 */
record Page(
    Verdict verdict,
    Optional<GapLine> gap,
    Table models,
    List<Section> sections,
    List<Table> measures,
    Optional<String> command) {
  Page {
    sections = List.copyOf(sections);
    measures = List.copyOf(measures);
  }

  boolean hasSections() {
    return !sections.isEmpty();
  }

  /**
   * Puts together what is there.
   *
   * @throws IntegrityException if the metrics are of no student
   */
  static Page of(ReportData data) {
    Metrics metrics = data.metrics();
    if (!metrics.models().containsKey(Metrics.STUDENT)) {
      throw new IntegrityException(
          "Cannot write a report, the metrics are not of a student: they name "
              + metrics.models().keySet()
              + ". Evaluate again, or use another output.");
    }
    return new Page(
        Verdict.of(metrics),
        GapLine.of(metrics),
        ModelsTable.of(
            "models",
            "Judged on " + Numbers.count(metrics.testRows()) + " test rows",
            first(data),
            Measure.FIRST),
        sections(data),
        MeasuresTable.of(metrics),
        data.provenance().recipe().map(Recipe::command));
  }

  /** Those that are the same but smaller stand beside their sizes, where these are known. */
  private static Map<String, ModelMetrics> first(ReportData data) {
    Map<String, ModelMetrics> models = new LinkedHashMap<>(data.metrics().models());
    models.keySet().removeIf(name -> data.sizes().isPresent() && !Kinds.isMain(name));
    return models;
  }

  private static List<Section> sections(ReportData data) {
    return Stream.of(
            CurvesSection.of(data.rounds()),
            CalibrationSection.of(data.metrics()),
            ErrorsSection.of(data.metrics()),
            SlicesSection.of(data.metrics()),
            data.gallery().flatMap(gallery -> GallerySection.of(gallery, data.image())),
            data.tuning().map(TuningSection::of),
            data.sizes().map(sizes -> SizesSection.of(sizes, data.metrics())),
            ProvenanceSection.of(data.provenance()))
        .flatMap(Optional::stream)
        .toList();
  }
}
