package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.failure.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** A teacher as the driver knows it: read and looked through, and not open yet. */
public sealed interface TeacherModel
    permits OnnxModelFile, Dl4jModelFile, TeacherColumn, NoTeacher {
  /** The key in {@link #identity} of the digest of its file, where it has one. */
  String SHA256 = "teacher.sha256";

  /** The key of the names of {@link #intermediates}, a line each. */
  String INTERMEDIATES = "teacher.intermediates";

  /** The key of what gives its answers, where that is not an ONNX file of logits. */
  String KIND = "teacher.kind";

  /**
   * Reads and inspects what was configured.
   *
   * @param config which teacher
   * @param conf where file systems are configured
   * @return the model
   * @throws BadInputException if it is missing, or is not what it must be
   */
  static TeacherModel read(TeacherConfig config, Configuration conf) {
    if (config.source() instanceof TeacherSource.Onnx onnx) {
      return OnnxModelFile.read(onnx, config.key(), conf);
    }
    if (config.source() instanceof TeacherSource.Dl4j student) {
      return Dl4jModelFile.read(student, config.key(), conf);
    }
    if (config.source() instanceof TeacherSource.Nobody) {
      return new NoTeacher();
    }
    return new TeacherColumn((TeacherSource.Column) config.source(), config.key());
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
   * @return all of its file, nothing where it has none; not to be changed
   */
  default byte[] bytes() {
    return new byte[0];
  }

  /**
   * How many numbers it has learned, as far as is known.
   *
   * @return 0 or more
   */
  default long parameters() {
    return 0;
  }

  /**
   * What makes it another teacher.
   *
   * @return values by keys that begin with {@code teacher.}
   */
  Map<String, String> identity();

  /**
   * Where its answers stand already.
   *
   * @return a column of the data set; empty for a teacher that is asked
   */
  default Optional<TeacherSource.Column> column() {
    return Optional.empty();
  }

  /**
   * Whether there is nobody to ask: all of its answers are zeros.
   *
   * @return false for a teacher
   */
  default boolean isSilent() {
    return false;
  }

  /**
   * A look whether its answers are what they are said to be.
   *
   * @return for one sample; finds nothing of a teacher that can only give logits
   */
  default KindCheck kindCheck() {
    return new KindCheck(AnswerKind.NONE, place(), "", "");
  }

  /**
   * The tensors inside it whose values are wanted beside its logits.
   *
   * @return their names
   */
  default List<String> intermediates() {
    return List.of();
  }

  /**
   * The same teacher, asked for its logits alone.
   *
   * @return a copy, where it is asked for more
   */
  default TeacherModel withoutIntermediates() {
    return this;
  }

  /**
   * Its file, where it is an ONNX one.
   *
   * @param width numbers in a row's features
   * @param classes numbers in a row's logits
   * @return empty for another kind of teacher
   */
  default Optional<OnnxFile> onnx(int width, int classes) {
    return Optional.empty();
  }

  /**
   * Its zip, where it is a student that was published before.
   *
   * @return empty for another kind of teacher
   */
  default Optional<byte[]> student() {
    return Optional.empty();
  }

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
