package io.sparkdistill.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sparkdistill.failure.IntegrityException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of {@code metrics.json}.
 *
 * @param schemaVersion 1; new keys may be added to it
 * @param testRows rows that the models were judged on
 * @param models by name, in the order teacher, student, baseline
 * @param gapClosure share of the baseline's errors beyond the teacher's that the student avoids;
 *     absent without a baseline, or if baseline and teacher make the same number of errors
 * @param teachers each of several teachers alone, by name; empty where there is one
 */
@JsonInclude(Include.NON_NULL)
public record Metrics(
    int schemaVersion,
    long testRows,
    Map<String, ModelMetrics> models,
    Double gapClosure,
    @JsonInclude(Include.NON_EMPTY) Map<String, ModelMetrics> teachers) {
  /** Name of the teacher in {@link #models()}. */
  public static final String TEACHER = "teacher";

  /** Name of the student in {@link #models()}. */
  public static final String STUDENT = "student";

  /** Name of the baseline in {@link #models()}. */
  public static final String BASELINE = "baseline";

  private static final int SCHEMA_VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Keeps the order of models. */
  public Metrics {
    models = new LinkedHashMap<>(models);
    // JSON of a single teacher does not have them.
    teachers = teachers == null ? Map.of() : new LinkedHashMap<>(teachers);
  }

  static Metrics of(long testRows, Map<String, ModelMetrics> models) {
    return new Metrics(SCHEMA_VERSION, testRows, models, gapClosure(models), Map.of());
  }

  /**
   * The same beside each of several teachers.
   *
   * @param alone what each is worth, by name
   * @return a copy
   */
  public Metrics withTeachers(Map<String, ModelMetrics> alone) {
    return new Metrics(schemaVersion, testRows, models, gapClosure, alone);
  }

  private static Double gapClosure(Map<String, ModelMetrics> models) {
    ModelMetrics baseline = models.get(BASELINE);
    long teacher = models.get(TEACHER).errors();
    if (baseline == null || baseline.errors() == teacher) {
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
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
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
    try {
      Metrics metrics = JSON.readValue(json, Metrics.class);
      if (metrics.schemaVersion() != SCHEMA_VERSION) {
        throw new IntegrityException(
            "Cannot read metrics, they are of another format: schema version "
                + metrics.schemaVersion()
                + ", and this build reads schema version "
                + SCHEMA_VERSION
                + ". Use the release that wrote them, or evaluate into another output.");
      }
      return metrics;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
