package io.sparkdistill.ml;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.release.Releases;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.storage.Unreadable;
import io.sparkdistill.student.StudentScorer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A student that was read and opened once, and is packed again for executors.
 *
 * @param place where it was read from, for messages
 * @param sha256 of the zip
 * @param width numbers in a row's features
 * @param zip all of it; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on as it is.
record PackedStudent(String place, String sha256, long width, byte[] zip) implements Serializable {
  /** In place of a student where there is none. */
  static PackedStudent none() {
    return new PackedStudent("", "", 0, new byte[0]);
  }

  /**
   * Looks whether a zip is a student.
   *
   * @throws io.sparkdistill.failure.IntegrityException if it holds anything else
   */
  static PackedStudent of(byte[] zip, String place) {
    StudentScorer opened = StudentScorer.open(zip, place);
    return new PackedStudent(place, Sha256.of(zip), opened.width(), zip);
  }

  /**
   * Reads a student.
   *
   * @param place a student.zip, or a folder of releases, of which the version that is in use is
   *     taken: any Hadoop URI
   * @throws BadInputException if there is none
   */
  static PackedStudent read(String place, Configuration conf) {
    Path path = Locations.resolve(place, conf);
    try {
      FileSystem fs = Locations.fileSystem(path, conf);
      if (fs.getFileStatus(path).isDirectory()) {
        return released(path, conf);
      }
      try (InputStream in = fs.open(path)) {
        return of(in.readAllBytes(), Locations.display(path));
      }
    } catch (IOException e) {
      throw Unreadable.because(
          "open student " + Locations.display(path),
          "Give a student.zip, or where students are released.",
          e);
    }
  }

  private static PackedStudent released(Path root, Configuration conf) {
    Releases releases = new Releases(root, conf);
    Manifest version =
        releases
            .current()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot open a student of "
                            + Locations.display(root)
                            + ", nothing is released there. Give a student.zip, or where students"
                            + " are released."));
    return of(
        releases.read(version, Releases.STUDENT), releases.place(version) + "/" + Releases.STUDENT);
  }

  boolean isNone() {
    return zip.length == 0;
  }

  /** What executors need beside the zip. */
  Name name() {
    return new Name(place, sha256, width);
  }

  /**
   * A student's name.
   *
   * @param place where it was read from, for messages
   * @param sha256 of the zip
   * @param width numbers in a row's features
   */
  record Name(String place, String sha256, long width) implements Serializable {}
}
