package io.sparkdistill.teacher;

import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.failure.BadInputException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** A teacher as the driver knows it: read and looked through, and not open yet. */
public sealed interface TeacherModel permits OnnxModelFile {
  /**
   * Reads and inspects what was configured.
   *
   * @param config which teacher
   * @param conf where file systems are configured
   * @return the model
   * @throws BadInputException if it is missing, or is not what it must be
   */
  static TeacherModel read(TeacherConfig config, Configuration conf) {
    return OnnxModelFile.read((TeacherSource.Onnx) config.source(), config.key(), conf);
  }

  /**
   * Where it was read from.
   *
   * @return for messages
   */
  String place();

  /**
   * What executors need to open it.
   *
   * @return all of its file; not to be changed
   */
  byte[] bytes();

  /**
   * How much it has learned.
   *
   * @return numbers
   */
  long parameters();

  /**
   * What makes it another teacher.
   *
   * @return values by keys that begin with {@code teacher.}
   */
  Map<String, String> identity();

  /**
   * The tensors inside it whose values are wanted beside its logits.
   *
   * @return their names
   */
  List<String> intermediates();

  /**
   * The same teacher, asked for its logits alone.
   *
   * @return a copy
   */
  TeacherModel withoutIntermediates();

  /**
   * What a task needs to know of it besides its bytes.
   *
   * @param width numbers in a row's features
   * @param classes numbers in a row's logits
   * @param threads that score one batch, as many as a task has cores
   * @return the specification
   */
  TeacherSpec spec(int width, int classes, int threads);
}
