package io.sparkdistill.report;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.evaluation.Gallery;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.export.Sizes;
import io.sparkdistill.tuning.TuningReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a report is made of. What is not there is not in the report, and nothing stands in its
 * place.
 *
 * @param metrics of the models
 * @param gallery rows about which student and teacher disagree most
 * @param image what the student's features are, where they are an image
 * @param rounds what each training wrote, by the name of its model; may be empty
 * @param tuning what tune tried for this output
 * @param sizes of what was exported of the student
 * @param provenance where the models come from
 */
public record ReportData(
    Metrics metrics,
    Optional<Gallery> gallery,
    Optional<ImageSize> image,
    Map<String, Rounds> rounds,
    Optional<TuningReport> tuning,
    Optional<Sizes> sizes,
    Provenance provenance) {
  /** Keeps the order of trainings. */
  public ReportData {
    rounds = new LinkedHashMap<>(rounds);
  }
}
