package io.sparkdistill.pipeline;

import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.student.StudentScorer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A student of another output, which is judged beside this one.
 *
 * @param place where it was read from, for messages
 * @param zip all of it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
record Incumbent(String place, byte[] zip) {
  /**
   * Reads and opens it.
   *
   * @param place a Hadoop URI or a relative local path
   * @throws BadInputException if it is missing, or no student
   */
  static Incumbent read(String place, Configuration conf) {
    Path path = Locations.resolve(place, conf);
    Incumbent incumbent = new Incumbent(Locations.display(path), bytes(path, conf));
    incumbent.opened();
    return incumbent;
  }

  /**
   * The same, after a look whether it can be asked about the test set.
   *
   * @throws BadInputException if it takes other features, or knows other classes
   */
  Incumbent fitting(long width, long classes) {
    StudentScorer scorer = opened();
    if (scorer.width() == width && scorer.classes() == classes) {
      return this;
    }
    throw refused(
        "it takes "
            + scorer.width()
            + " features and knows "
            + scorer.classes()
            + " classes, where the test set has "
            + width
            + " and "
            + classes);
  }

  private static byte[] bytes(Path path, Configuration conf) {
    try {
      FileSystem fs = Locations.fileSystem(path, conf);
      FileStatus status = fs.getFileStatus(path);
      if (status.isDirectory() || status.getLen() > Integer.MAX_VALUE - 8) {
        throw new BadInputException(
            "Cannot judge the incumbent "
                + Locations.display(path)
                + ", it is "
                + (status.isDirectory() ? "a folder" : "longer than 2 GB")
                + ". Give the student.zip of an output.");
      }
      try (InputStream in = fs.open(path)) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException e) {
      throw new BadInputException(
          "Cannot judge the incumbent "
              + Locations.display(path)
              + ", there is no such file. Correct evaluation.incumbent.",
          e);
    } catch (IOException e) {
      throw new TransientException(
          "Cannot read the incumbent "
              + Locations.display(path)
              + ": "
              + e.getMessage()
              + ". Try again.",
          e);
    }
  }

  private StudentScorer opened() {
    try {
      return StudentScorer.open(zip, place);
    } catch (IntegrityException e) {
      throw refused("the reader of students refuses it: \"" + e.getMessage() + "\"");
    }
  }

  private BadInputException refused(String why) {
    return new BadInputException(
        "Cannot judge the incumbent "
            + place
            + ", "
            + why
            + ". Give the student.zip of an output of the same data set.");
  }

  String sha256() {
    return Sha256.of(zip);
  }

  Candidate candidate() {
    return new Candidate(Metrics.INCUMBENT, place, zip);
  }
}
