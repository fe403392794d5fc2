package io.sparkdistill.teacher;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An ONNX file that was read and looked through: it parses, and refers to no other file.
 *
 * @param place where it was read from, for messages
 * @param bytes all of it; not to be changed
 * @param sha256 its digest, the teacher's name from here on
 * @param parameters numbers in its initialisers
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 2 GB: no copies.
public record OnnxModelFile(String place, byte[] bytes, String sha256, long parameters) {
  /**
   * Reads and inspects a file.
   *
   * @param onnx a Hadoop URI or a relative local path
   * @param conf where file systems are configured
   * @return the model
   * @throws BadInputException if it is missing, no ONNX model, truncated, or uses external data
   */
  public static OnnxModelFile read(String onnx, Configuration conf) {
    Path path = Locations.resolve(onnx, conf);
    String place = Locations.display(path);
    byte[] bytes = bytes(path, place, conf);
    long parameters = OnnxInspection.countParameters(bytes, place);
    return new OnnxModelFile(place, bytes, Sha256.of(bytes), parameters);
  }

  private static byte[] bytes(Path path, String place, Configuration conf) {
    try {
      FileSystem fs = Locations.fileSystem(path, conf);
      FileStatus status = fs.getFileStatus(path);
      if (status.isDirectory() || status.getLen() == 0) {
        throw new BadInputException(
            "Cannot open teacher "
                + place
                + ", it is "
                + (status.isDirectory() ? "a folder" : "empty")
                + ". Give an ONNX file.");
      }
      if (status.getLen() > Integer.MAX_VALUE - 8) {
        throw new BadInputException(
            "Cannot open teacher "
                + place
                + ", ONNX files end at 2 GB: "
                + status.getLen()
                + " bytes. Give a smaller model.");
      }
      try (InputStream in = fs.open(path)) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException e) {
      throw new BadInputException(
          "Cannot open teacher " + place + ", there is no such file. Correct teachers[0].onnx.", e);
    } catch (IOException e) {
      throw new TransientException(
          "Cannot read teacher " + place + ": " + e.getMessage() + ". Try again.", e);
    }
  }
}
