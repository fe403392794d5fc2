package io.sparkdistill.pipeline.publishing;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.judging.EvaluateStage;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.Software;
import io.sparkdistill.pipeline.students.ExportedFiles;
import io.sparkdistill.pipeline.students.StudentStage;
import io.sparkdistill.pipeline.students.StudentVersions;
import io.sparkdistill.release.Decision;
import io.sparkdistill.release.ModelCard;
import io.sparkdistill.release.Releases;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of a version that is released: what other stages have published, and a model card. */
final class ReleaseContents {
  private static final String ONNX = "student.onnx";

  private final RunContext context;
  private final Targets softTargets;
  private final Targets testTargets;
  private final StudentStage student;
  private final EvaluateStage evaluation;

  ReleaseContents(
      RunContext context,
      Targets softTargets,
      Targets testTargets,
      StudentStage student,
      EvaluateStage evaluation) {
    this.context = context;
    this.softTargets = softTargets;
    this.testTargets = testTargets;
    this.student = student;
    this.evaluation = evaluation;
  }

  /** By their names. The same student, evaluation and decision give the same bytes. */
  Map<String, byte[]> of(Manifest trained, Manifest evaluated, Decision decision) {
    byte[] metrics = evaluation.json(evaluated);
    Targets.Versions learned = softTargets.published();
    ModelCard card =
        new ModelCard(
            context.config().release(),
            trained,
            learned.manifests(),
            softTargets.ofShown(learned),
            testTargets.ofShown(testTargets.published()),
            Metrics.fromJson(metrics),
            decision,
            Software.running());
    Map<String, byte[]> contents = new TreeMap<>();
    contents.put(Releases.STUDENT, student.zip(trained));
    contents.put("metrics.json", metrics);
    contents.put("decision.json", decision.toJson());
    contents.put(ModelCard.NAME, card.toMarkdown());
    exported(trained).ifPresent(onnx -> contents.put(ONNX, onnx));
    return contents;
  }

  /** The same student for other runtimes, where it was exported. */
  private Optional<byte[]> exported(Manifest trained) {
    StageDirectory directory = ExportedFiles.of(context);
    return directory
        .current()
        .filter(
            manifest ->
                StudentVersions.zipSha256(trained).equals(manifest.inputs().get("student.sha256")))
        .flatMap(
            manifest ->
                manifest.files().stream().filter(file -> file.name().equals(ONNX)).findFirst())
        .map(directory::read);
  }
}
