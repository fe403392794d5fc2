package io.sparkdistill.pipeline.judging;

import io.sparkdistill.config.CompressConfig;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.export.Deviation;
import io.sparkdistill.export.Int8;
import io.sparkdistill.export.MeasuredModel;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.students.ExportedFiles;
import io.sparkdistill.teacher.OnnxFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes of students in float32 all files that are exported, and asks them about the test set. */
final class ExportWork {
  private final RunContext context;
  private final DistillConfig config;
  private final Targets softTargets;
  private final Targets testTargets;

  ExportWork(RunContext context, Targets softTargets, Targets testTargets) {
    this.context = context;
    this.config = context.config();
    this.softTargets = softTargets;
    this.testTargets = testTargets;
  }

  /**
   * The students, each followed by the one in int8 where there is one.
   *
   * @throws IntegrityException if one in float32 does not answer as Deeplearning4j does
   */
  List<MeasuredModel> models(List<FloatStudent> floats) {
    List<Deviation> deviations = audited(floats);
    List<float[]> rows = config.compress().calibrates() ? calibrationRows() : List.of();
    List<MeasuredModel> models = new ArrayList<>();
    for (int i = 0; i < floats.size(); i++) {
      models.addAll(models(floats.get(i), deviations.get(i), rows));
    }
    return models;
  }

  private List<Deviation> audited(List<FloatStudent> floats) {
    Targets.Versions versions = testTargets.published();
    List<ExportAudit.Pair> pairs =
        floats.stream()
            .map(student -> new ExportAudit.Pair(student.student(), student.onnx()))
            .toList();
    List<Deviation> deviations =
        JobGroups.named(
            context.spark().sparkContext(),
            ExportedFiles.STAGE,
            "compare ONNX Runtime with Deeplearning4j",
            () ->
                testTargets.held(
                    versions,
                    ExportedFiles.STAGE,
                    () ->
                        new ExportAudit(config.evaluation().batchSize())
                            .compare(testTargets.labels(versions), pairs)));
    for (int i = 0; i < pairs.size(); i++) {
      refuseOthers(pairs.get(i).onnx().file().place(), deviations.get(i));
    }
    return deviations;
  }

  private static void refuseOthers(String file, Deviation deviation) {
    if (!deviation.isRounding()) {
      throw new IntegrityException(
          String.format(
              Locale.ROOT,
              "Cannot publish %s, ONNX Runtime does not answer as Deeplearning4j does: logits of"
                  + " %,d test rows differ by up to %.2g, %,d of them by more than %.0e, and %,d rows"
                  + " get another class. Report it; set export.onnx to false to go on without it.",
              file,
              deviation.rows(),
              deviation.largest(),
              deviation.beyond(),
              Deviation.TOLERANCE,
              deviation.otherClasses()));
    }
  }

  private List<float[]> calibrationRows() {
    Targets.Versions versions = softTargets.published();
    return JobGroups.named(
        context.spark().sparkContext(),
        ExportedFiles.STAGE,
        "draw rows for the calibration",
        () ->
            softTargets.held(
                versions,
                "calibration",
                () ->
                    CalibrationRows.of(
                        softTargets.labels(versions), config.compress().calibrationRows())));
  }

  private List<MeasuredModel> models(
      FloatStudent student, Deviation deviation, List<float[]> rows) {
    CompressConfig compress = config.compress();
    OnnxFile file = student.onnx().file();
    String name = student.student().name();
    long parameters = student.onnx().parameters();
    List<MeasuredModel> models = new ArrayList<>();
    models.add(
        new MeasuredModel(
            name, Optional.of(file.place()), file, parameters, file, Optional.of(deviation)));
    if (compress.quantises()) {
      String small = FloatStudent.fileName(name + ExportedFiles.INT8);
      byte[] bytes = Int8.of(file, compress.quantise(), rows);
      models.add(
          new MeasuredModel(
              name + ExportedFiles.INT8,
              Optional.of(small),
              new OnnxFile(bytes, small, file.width(), file.classes()),
              parameters,
              file,
              Optional.empty()));
    }
    return models;
  }
}
