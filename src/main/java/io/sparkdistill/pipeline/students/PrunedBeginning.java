package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.CompressConfig;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.export.PrunedStudent;
import io.sparkdistill.export.UnitPruning;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.student.StudentZip;
import java.util.Map;
import java.util.Optional;

/**
 * What pruning leaves of the student that was published; it is distilled again.
 *
 * @param config all of it
 * @param student that is pruned
 */
public record PrunedBeginning(DistillConfig config, StudentStage student) implements Beginning {
  @Override
  public StudentNetworks networks(StudentSource source, int width) {
    Manifest published = student.published();
    int classes = config.dataset().classes();
    float[] parameters =
        StudentZip.read(student.zip(published), Locations.display(student.zipPlace()))
            .params()
            .dup('c')
            .data()
            .asFloat();
    PrunedStudent pruned =
        UnitPruning.prune(config.student(), width, classes, parameters, compress().prune());
    return new StudentNetworks(pruned.student(), width, classes, Optional.of(pruned.parameters()));
  }

  @Override
  public TrainingConfig training() {
    return config.training().withEpochs(compress().epochs());
  }

  @Override
  public Map<String, String> inputs() {
    return Map.of(
        "compress.prune",
        Double.toString(compress().prune()),
        "student.sha256",
        StudentVersions.zipSha256(student.published()));
  }

  @Override
  public boolean isReady() {
    return student.isUpToDate();
  }

  @Override
  public String description() {
    return config.student().description() + " less " + compress().prune() + " of its parameters";
  }

  private CompressConfig compress() {
    return config.compress();
  }
}
