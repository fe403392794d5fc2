package io.sparkdistill.pipeline.judging;

import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.ModelFile;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.student.StudentScorer;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A student of another output, which is judged beside this one.
 *
 * @param place where it was read from, for messages
 * @param zip all of it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
public record Incumbent(String place, byte[] zip) {
  /**
   * Reads and opens it.
   *
   * @param place a Hadoop URI or a relative local path
   * @throws BadInputException if it is missing, or no student
   */
  public static Incumbent read(String place, Configuration conf) {
    ModelFile file =
        ModelFile.read(
            "incumbent", place, "evaluation.incumbent", "the student.zip of an output", conf);
    Incumbent incumbent = new Incumbent(file.place(), file.bytes());
    incumbent.opened();
    return incumbent;
  }

  /**
   * The same, after a look whether it can be asked about the test set.
   *
   * @throws BadInputException if it takes other features, or knows other classes
   */
  Incumbent fitting(long width, long classes) {
    unfit(width, classes)
        .ifPresent(
            found -> {
              throw refused("it " + found);
            });
    return this;
  }

  /** This, if who uses it could use a student of such rows in its place. */
  public Incumbent replaceable(long width, long classes, Path place) {
    unfit(width, classes)
        .ifPresent(
            found -> {
              throw new BadInputException(
                  "Cannot release to "
                      + Locations.display(place)
                      + ", the student that is in use there "
                      + found
                      + ". Set release.publishTo to another place.");
            });
    return this;
  }

  /** What it takes and knows, where rows are others. */
  private Optional<String> unfit(long width, long classes) {
    StudentScorer scorer = opened();
    return scorer.width() == width && scorer.classes() == classes
        ? Optional.empty()
        : Optional.of(
            "takes "
                + scorer.width()
                + " features and knows "
                + scorer.classes()
                + " classes, where the test set has "
                + width
                + " and "
                + classes);
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

  /**
   * What is judged beside the student.
   *
   * @return named {@code incumbent}
   */
  public Candidate candidate() {
    return new Candidate(Metrics.INCUMBENT, place, zip);
  }
}
