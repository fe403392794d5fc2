package io.sparkdistill.pipeline.judging;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.ExportConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.export.MeasuredModel;
import io.sparkdistill.export.StudentOnnx;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.student.StudentZip;
import io.sparkdistill.teacher.OnnxFile;
import io.sparkdistill.teacher.TeacherModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Teachers as files that can be measured: ONNX files as they are, students of other runs as ONNX.
 * Columns and nobody have none, nor have students of layers that cannot be written.
 *
 * @param config who they are
 * @param models in the order of the configuration
 */
public record TeacherFiles(DistillConfig config, List<TeacherModel> models) {
  private static final Logger LOG = LoggerFactory.getLogger(TeacherFiles.class);

  /** What decides them. */
  Map<String, String> inputs() {
    Map<String, String> inputs = new TreeMap<>();
    for (int k = 0; k < models.size(); k++) {
      String name = name(k);
      Optional.ofNullable(models.get(k).identity().get(TeacherModel.SHA256))
          .ifPresent(sha256 -> inputs.put(name + ".sha256", sha256));
    }
    return inputs;
  }

  /** Those that have a file, for rows of these widths. */
  List<MeasuredModel> measured(List<Integer> widths) {
    List<MeasuredModel> measured = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      String name = name(k);
      String key = config.teachers().get(k).key();
      long parameters = models.get(k).parameters();
      file(models.get(k), widths.get(k))
          .map(file -> file.ofTeacher(key))
          .ifPresent(file -> measured.add(MeasuredModel.teacher(name, file, parameters)));
    }
    return measured;
  }

  private Optional<OnnxFile> file(TeacherModel model, int width) {
    int classes = config.dataset().classes();
    return model
        .onnx(width, classes)
        .or(() -> model.student().flatMap(zip -> written(zip, model.place(), width, classes)));
  }

  /** Nobody publishes it: a student may have what cannot be written, and teach. */
  private static Optional<OnnxFile> written(byte[] zip, String place, int width, int classes) {
    MultiLayerNetwork network = StudentZip.read(zip, place);
    try {
      byte[] onnx =
          StudentOnnx.write(
              network, place, ExportConfig.Head.LOGITS, width, classes, new TreeMap<>());
      return Optional.of(new OnnxFile(onnx, place, width, classes));
    } catch (BadInputException e) {
      LOG.warn("teacher {} is not measured: {}", place, e.getMessage());
      return Optional.empty();
    }
  }

  private String name(int k) {
    return config.teachers().get(k).name().map(own -> "teacher-" + own).orElse(Metrics.TEACHER);
  }
}
