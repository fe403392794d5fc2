package io.sparkdistill.pipeline.students;

import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.storage.Manifest;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A stage that publishes a student, whoever trains it. */
public interface StudentStage extends Stage {
  /**
   * What it is called.
   *
   * @return the name of the folder, and among the models that are judged
   */
  String name();

  /**
   * What it has published.
   *
   * @return all versions
   */
  StudentVersions versions();

  /**
   * The newest version, if it is what this configuration trains.
   *
   * @return its manifest
   * @throws io.sparkdistill.failure.BadInputException if nothing was published
   * @throws io.sparkdistill.failure.IntegrityException if it is of another configuration
   */
  Manifest published();

  /**
   * Whether the newest version is what would be published now.
   *
   * @return false where there is none
   */
  boolean isUpToDate();

  /**
   * Compares what is published with its checksums, and opens it.
   *
   * @return what was found to be right; nothing where nothing is published
   * @throws io.sparkdistill.failure.IntegrityException if a file differs
   */
  default Optional<StageOutcome> verify() {
    return versions().verify();
  }

  /**
   * A version, to be judged.
   *
   * @param manifest of the version
   * @return named as the stage is
   */
  default Candidate candidate(Manifest manifest) {
    return versions().candidate(manifest);
  }

  /**
   * The student of a version.
   *
   * @param manifest of the version
   * @return its zip
   */
  default byte[] zip(Manifest manifest) {
    return versions().zip(manifest);
  }

  /**
   * Where the newest one is, for people.
   *
   * @return the copy of its zip beside the versions
   */
  default Path zipPlace() {
    return versions().zipPlace();
  }
}
