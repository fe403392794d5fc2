package io.sparkdistill.storage;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file of a network that a configuration names, as it was read.
 *
 * @param place where, for messages
 * @param bytes all of it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
public record ModelFile(String place, byte[] bytes) {
  /**
   * Reads a file. Of the copy that stands beside the versions of a student, this is what the newest
   * of them lists: the copy is for people, and may be an older one.
   *
   * @param role what messages call the network, "teacher"
   * @param uri a Hadoop URI or a relative local path
   * @param key of the configuration that gave it
   * @param kind what is expected, "an ONNX file"
   * @param conf where file systems are configured
   * @return all of it
   * @throws BadInputException if it is missing, empty, a folder or too long, or this user may not
   *     read it
   * @throws io.sparkdistill.failure.IntegrityException if the newest version of a student is not
   *     what was published
   * @throws TransientException if the file system fails
   */
  public static ModelFile read(
      String role, String uri, String key, String kind, Configuration conf) {
    Path path = Locations.resolve(uri, conf);
    String place = Locations.display(path);
    try {
      FileSystem fs = Locations.fileSystem(path, conf);
      Optional<byte[]> published = StudentCopy.published(path, fs);
      if (published.isPresent()) {
        return new ModelFile(place, published.get());
      }
      FileStatus status = fs.getFileStatus(path);
      if (status.isDirectory() || status.getLen() == 0) {
        throw new BadInputException(
            "Cannot open "
                + role
                + " "
                + place
                + ", it is "
                + (status.isDirectory() ? "a folder" : "empty")
                + ". Give "
                + kind
                + ".");
      }
      if (status.getLen() > Integer.MAX_VALUE - 8) {
        throw new BadInputException(
            "Cannot open "
                + role
                + " "
                + place
                + ", files of networks end at 2 GB: "
                + status.getLen()
                + " bytes. Give a smaller model.");
      }
      try (InputStream in = fs.open(path)) {
        return new ModelFile(place, in.readAllBytes());
      }
    } catch (IOException e) {
      throw Unreadable.because("open " + role + " " + place, "Correct " + key + ".", e);
    }
  }
}
