package io.sparkdistill.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.sparkdistill.failure.IntegrityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of {@code metrics.json}.
 *
 * @param schemaVersion 1; new keys may be added to it
 * @param testRows rows that the models were judged on
 * @param models by name, in the order teacher, student, baseline, pruned, those in int8, incumbent;
 *     without a teacher or where they are not asked for, they are missing
 * @param gapClosure share of the baseline's errors beyond the teacher's that the student avoids;
 *     absent without a teacher or a baseline, or if baseline and teacher make the same number of
 *     errors
 * @param teachers each of several teachers alone, by name; empty where there is one
 * @param gapClosureInterval of {@code gapClosure}, over rows that are drawn together; absent where
 *     in any of the draws the baseline makes no more errors than the teacher
 * @param comparisons of the student with every other model, in the order of models
 * @param slices of the test set, those of filters before those of columns; empty where none are
 *     configured
 */
@JsonInclude(Include.NON_NULL)
public record Metrics(
    int schemaVersion,
    long testRows,
    Map<String, ModelMetrics> models,
    Double gapClosure,
    @JsonInclude(Include.NON_EMPTY) Map<String, ModelMetrics> teachers,
    Interval gapClosureInterval,
    @JsonInclude(Include.NON_EMPTY) List<Comparison> comparisons,
    @JsonInclude(Include.NON_EMPTY) List<SliceMetrics> slices) {
  /** Name of the teacher in {@link #models()}. */
  public static final String TEACHER = "teacher";

  /** Name of the student in {@link #models()}. */
  public static final String STUDENT = "student";

  /** Name of the baseline in {@link #models()}. */
  public static final String BASELINE = "baseline";

  /** Name of the student with fewer units in {@link #models()}. */
  public static final String PRUNED = "pruned";

  /** Name of an earlier student in {@link #models()}. */
  public static final String INCUMBENT = "incumbent";

  private static final int SCHEMA_VERSION = 1;

  /** Keeps the order of models. */
  public Metrics {
    models = new LinkedHashMap<>(models);
    // JSON leaves out what is empty, and that of earlier releases has none of it.
    teachers = teachers == null ? Map.of() : new LinkedHashMap<>(teachers);
    comparisons = comparisons == null ? List.of() : List.copyOf(comparisons);
    slices = slices == null ? List.of() : List.copyOf(slices);
  }

  static Metrics of(
      long testRows,
      Map<String, ModelMetrics> models,
      Interval gapClosureInterval,
      List<Comparison> comparisons,
      List<SliceMetrics> slices) {
    return new Metrics(
        SCHEMA_VERSION,
        testRows,
        models,
        gapClosure(models),
        Map.of(),
        gapClosureInterval,
        comparisons,
        slices);
  }

  /**
   * The same beside each of several teachers.
   *
   * @param alone what each is worth, by name
   * @return a copy
   */
  public Metrics withTeachers(Map<String, ModelMetrics> alone) {
    return new Metrics(
        schemaVersion,
        testRows,
        models,
        gapClosure,
        alone,
        gapClosureInterval,
        comparisons,
        slices);
  }

  /**
   * What the student closes of a gap that is there. A teacher that is no better than the baseline
   * leaves none, whatever earlier releases have written.
   *
   * @return {@code gapClosure}, or empty
   */
  public Optional<Double> closedGap() {
    ModelMetrics baseline = models.get(BASELINE);
    ModelMetrics teacher = models.get(TEACHER);
    boolean none = baseline != null && teacher != null && baseline.errors() <= teacher.errors();
    return none ? Optional.empty() : Optional.ofNullable(gapClosure);
  }

  private static Double gapClosure(Map<String, ModelMetrics> models) {
    if (!models.containsKey(BASELINE) || !models.containsKey(TEACHER)) {
      return null;
    }
    ModelMetrics baseline = models.get(BASELINE);
    long teacher = models.get(TEACHER).errors();
    if (baseline.errors() == teacher) {
      return null;
    }
    double closed = baseline.errors() - models.get(STUDENT).errors();
    return ModelMetrics.rounded(closed / (baseline.errors() - teacher));
  }

  /**
   * As JSON.
   *
   * @return UTF-8
   */
  public byte[] toJson() {
    return EvaluationJson.write(this);
  }

  /**
   * From JSON that this class wrote and whose checksum was compared. Keys that it does not know are
   * passed over.
   *
   * @param json UTF-8
   * @return the metrics
   * @throws IntegrityException if they are of another schema version
   */
  public static Metrics fromJson(byte[] json) {
    Metrics metrics = EvaluationJson.read(json, Metrics.class);
    if (metrics.schemaVersion() != SCHEMA_VERSION) {
      throw new IntegrityException(
          "Cannot read metrics, they are of another format: schema version "
              + metrics.schemaVersion()
              + ", and this build reads schema version "
              + SCHEMA_VERSION
              + ". Use the release that wrote them, or evaluate into another output.");
    }
    return metrics;
  }
}
