package io.sparkdistill.pipeline;

import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.storage.Manifest;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A stage that publishes a student, whoever trains it. */
interface StudentStage extends Stage {
  /** Of the folder, and among the models that are judged. */
  String name();

  /** The newest version, if it is what this configuration trains. */
  Manifest published();

  /** Whether the newest version is what would be published now. */
  boolean isUpToDate();

  /** Compares what is published with its checksums, and opens it. */
  Optional<StageOutcome> verify();

  /** A version, to be judged. */
  Candidate candidate(Manifest manifest);

  /** The student of a version. */
  byte[] zip(Manifest manifest);

  /** Where the newest one is, for people. */
  Path zipPlace();
}
