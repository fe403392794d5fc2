package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.storage.ModelFile;
import io.sparkdistill.storage.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * An ONNX file that was read and looked through: it parses, and refers to no other file.
 *
 * @param source how it is asked
 * @param key where it stands in the configuration, for messages
 * @param place where it was read from, for messages
 * @param bytes all of it; not to be changed
 * @param sha256 its digest, the teacher's name from here on
 * @param parameters numbers in its initialisers
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 2 GB: no copies.
record OnnxModelFile(
    TeacherSource.Onnx source,
    String key,
    String place,
    byte[] bytes,
    String sha256,
    long parameters)
    implements TeacherModel {
  private static final String ONLY = "the only one";

  /**
   * Reads and inspects a file.
   *
   * @param source which file, and how it is asked
   * @param key where it stands in the configuration
   * @param conf where file systems are configured
   * @return the model
   * @throws BadInputException if it is missing, no ONNX model, truncated, or uses external data
   */
  static OnnxModelFile read(TeacherSource.Onnx source, String key, Configuration conf) {
    ModelFile file = ModelFile.read("teacher", source.onnx(), key + ".onnx", "an ONNX file", conf);
    return new OnnxModelFile(
        source,
        key,
        file.place(),
        file.bytes(),
        Sha256.of(file.bytes()),
        OnnxInspection.countParameters(file.bytes(), file.place()));
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> identity = new TreeMap<>();
    identity.put(SHA256, sha256);
    identity.put("teacher.input", source.input().orElse(ONLY));
    identity.put("teacher.output", source.output().orElse(ONLY));
    identity.put(
        INTERMEDIATES, intermediates().isEmpty() ? "none" : String.join("\n", intermediates()));
    // Caches of logits are older than this key, and stay what they are.
    if (source.gives() == AnswerKind.PROBABILITIES) {
      identity.put(KIND, "onnx of probabilities");
    }
    return identity;
  }

  @Override
  public KindCheck kindCheck() {
    return new KindCheck(source.gives(), place, key, "output");
  }

  @Override
  public List<String> intermediates() {
    return source.intermediates();
  }

  @Override
  public OnnxModelFile withoutIntermediates() {
    return new OnnxModelFile(source.withoutIntermediates(), key, place, bytes, sha256, parameters);
  }

  @Override
  public Optional<OnnxFile> onnx(int width, int classes) {
    return Optional.of(
        new OnnxFile(
            new OnnxRole.Teacher(key),
            bytes,
            place,
            source.input().orElse(""),
            source.output().orElse(""),
            width,
            classes));
  }

  @Override
  public OnnxSpec spec(int width, int classes, int threads) {
    return new OnnxSpec(
        sha256,
        new OnnxRole.Teacher(key),
        place,
        source.input().orElse(""),
        source.output().orElse(""),
        source.gives(),
        intermediates(),
        width,
        classes,
        threads,
        OnnxSpec.NO_GPU);
  }
}
