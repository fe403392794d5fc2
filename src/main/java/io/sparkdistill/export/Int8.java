package io.sparkdistill.export;

import io.sparkdistill.config.CompressConfig;
import io.sparkdistill.teacher.OnnxFile;
import java.util.List;

/** Makes students with int8 weights of those that {@link StudentOnnx} wrote. Stateless. */
public final class Int8 {
  private Int8() {}

  /**
   * Quantises a student.
   *
   * @param student with float32 weights
   * @param kind how; not none
   * @param rows features of training rows, at least one where steps are chosen before
   * @return the file
   */
  public static byte[] of(OnnxFile student, CompressConfig.Quantise kind, List<float[]> rows) {
    return switch (kind) {
      case INT8 -> StaticQuantisation.of(student.bytes(), new Calibration(student, rows));
      case INT8_DYNAMIC -> DynamicQuantisation.of(student.bytes());
      case NONE -> throw new IllegalArgumentException("nothing is to be quantised");
    };
  }
}
