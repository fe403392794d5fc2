package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.ExportConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.export.MeasuredModel;
import io.sparkdistill.export.StudentOnnx;
import io.sparkdistill.student.StudentZip;
import io.sparkdistill.teacher.OnnxFile;
import io.sparkdistill.teacher.TeacherModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Teachers as files that can be measured: ONNX files as they are, students of other runs as ONNX.
 * Columns and nobody have none.
 *
 * @param config who they are
 * @param models in the order of the configuration
 */
record TeacherFiles(DistillConfig config, List<TeacherModel> models) {
  /** What decides them. */
  Map<String, String> inputs() {
    Map<String, String> inputs = new TreeMap<>();
    for (int k = 0; k < models.size(); k++) {
      String name = name(k);
      Optional.ofNullable(models.get(k).identity().get("teacher.sha256"))
          .ifPresent(sha256 -> inputs.put(name + ".sha256", sha256));
    }
    return inputs;
  }

  /** Those that have a file, for rows of these widths. */
  List<MeasuredModel> measured(List<Integer> widths) {
    List<MeasuredModel> measured = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      String name = name(k);
      long parameters = models.get(k).parameters();
      file(models.get(k), widths.get(k))
          .ifPresent(file -> measured.add(MeasuredModel.teacher(name, file, parameters)));
    }
    return measured;
  }

  private Optional<OnnxFile> file(TeacherModel model, int width) {
    int classes = config.dataset().classes();
    return model
        .onnx(width, classes)
        .or(
            () ->
                model
                    .student()
                    .map(
                        zip ->
                            new OnnxFile(
                                StudentOnnx.write(
                                    StudentZip.read(zip, model.place()),
                                    model.place(),
                                    ExportConfig.Head.LOGITS,
                                    width,
                                    classes,
                                    new TreeMap<>()),
                                model.place(),
                                width,
                                classes)));
  }

  private String name(int k) {
    return config.teachers().get(k).name().map(own -> "teacher-" + own).orElse(Metrics.TEACHER);
  }
}
