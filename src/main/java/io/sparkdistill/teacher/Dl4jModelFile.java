package io.sparkdistill.teacher;

import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.ModelFile;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.student.StudentScorer;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A student that was published before, read by the reader of students, which deserialises nothing
 * but what it checked.
 *
 * @param key where it stands in the configuration, for messages
 * @param place where it was read from, for messages
 * @param bytes the zip; not to be changed
 * @param sha256 its digest, the teacher's name from here on
 * @param parameters that it has learned
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 2 GB: no copies.
record Dl4jModelFile(String key, String place, byte[] bytes, String sha256, long parameters)
    implements TeacherModel {
  /**
   * Reads and inspects a zip.
   *
   * @throws BadInputException if it is missing, or no student
   */
  static Dl4jModelFile read(TeacherSource.Dl4j source, String key, Configuration conf) {
    ModelFile file =
        ModelFile.read(
            "teacher", source.dl4j(), key + ".dl4j", "the student.zip of an output", conf);
    long parameters = opened(file.bytes(), file.place()).parameters();
    return new Dl4jModelFile(key, file.place(), file.bytes(), Sha256.of(file.bytes()), parameters);
  }

  static StudentScorer opened(byte[] zip, String place) {
    try {
      return StudentScorer.open(zip, place);
    } catch (IntegrityException e) {
      throw new BadInputException(
          "Cannot open teacher "
              + place
              + ", the reader of students refuses it: \""
              + e.getMessage()
              + "\". Give the student.zip of an output.",
          e);
    }
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(KIND, "dl4j", SHA256, sha256);
  }

  @Override
  public Optional<byte[]> student() {
    return Optional.of(bytes);
  }

  @Override
  public Dl4jSpec spec(int width, int classes, int threads) {
    return new Dl4jSpec(sha256, key, place, width, classes);
  }
}
