package io.sparkdistill.pipeline.judging;

import io.sparkdistill.evaluation.JudgedModel;
import io.sparkdistill.pipeline.students.StudentStage;
import io.sparkdistill.pipeline.students.StudentVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Smaller students that are judged beside the student.
 *
 * @param pruned with fewer units
 * @param export where those in int8 are; empty where there are none
 */
public record Compressed(Optional<StudentStage> pruned, Optional<ExportStage> export) {
  boolean areUpToDate() {
    return pruned.map(StudentStage::isUpToDate).orElse(true)
        && export.map(ExportStage::isUpToDate).orElse(true);
  }

  /** What must be there before they can be judged. */
  void requirePublished() {
    pruned.ifPresent(StudentStage::published);
    export.ifPresent(ExportStage::published);
  }

  /** What decides them; nothing where there are none. */
  Map<String, String> inputs() {
    Map<String, String> inputs = new TreeMap<>();
    pruned.ifPresent(
        stage -> inputs.put("pruned.sha256", StudentVersions.zipSha256(stage.published())));
    export.ifPresent(stage -> inputs.putAll(stage.quantisedInputs()));
    return inputs;
  }

  List<JudgedModel> candidates() {
    List<JudgedModel> candidates = new ArrayList<>();
    pruned.ifPresent(stage -> candidates.add(stage.candidate(stage.published())));
    export.ifPresent(stage -> candidates.addAll(stage.quantised()));
    return candidates;
  }
}
