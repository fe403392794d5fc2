package io.sparkdistill.export;

import io.sparkdistill.storage.StrictJson;
import java.util.List;

/**
 * The content of {@code sizes.json}.
 *
 * @param schemaVersion {@value #SCHEMA_VERSION}
 * @param processor that latencies were measured on, as it calls itself
 * @param runtime version of ONNX Runtime
 * @param teachers those that have a model
 * @param students as float32 and, where they are quantised, as int8
 * @param factors of each student over the teachers; empty where no teacher has a model
 */
public record Sizes(
    int schemaVersion,
    String processor,
    String runtime,
    List<ModelSize> teachers,
    List<ModelSize> students,
    List<Factors> factors) {
  private static final int SCHEMA_VERSION = 1;

  /** Copies the lists. */
  public Sizes {
    teachers = List.copyOf(teachers);
    students = List.copyOf(students);
    factors = List.copyOf(factors);
  }

  /** Compares students with teachers. */
  static Sizes of(
      String processor, String runtime, List<ModelSize> teachers, List<ModelSize> students) {
    List<Factors> factors =
        teachers.isEmpty()
            ? List.of()
            : students.stream().map(student -> Factors.of(student, teachers)).toList();
    return new Sizes(SCHEMA_VERSION, processor, runtime, teachers, students, factors);
  }

  /**
   * As JSON.
   *
   * @return UTF-8
   */
  public byte[] toJson() {
    return StrictJson.write(this);
  }

  /**
   * From JSON that this class wrote and whose checksum was compared.
   *
   * @param json UTF-8
   * @return the sizes
   * @throws io.sparkdistill.failure.IntegrityException if they are of another schema version
   */
  public static Sizes fromJson(byte[] json) {
    return StrictJson.read(json, Sizes.class, SCHEMA_VERSION, "sizes.json");
  }
}
