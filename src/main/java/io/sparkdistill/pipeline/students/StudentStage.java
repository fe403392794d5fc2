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
  Optional<StageOutcome> verify();

  /**
   * A version, to be judged.
   *
   * @param manifest of the version
   * @return named as the stage is
   */
  Candidate candidate(Manifest manifest);

  /**
   * The student of a version.
   *
   * @param manifest of the version
   * @return its zip
   */
  byte[] zip(Manifest manifest);

  /**
   * Where the newest one is, for people.
   *
   * @return the copy of its zip beside the versions
   */
  Path zipPlace();
}
