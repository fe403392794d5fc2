package io.sparkdistill.pipeline.judging;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.evaluation.OnnxCandidate;
import io.sparkdistill.export.StudentOnnx;
import io.sparkdistill.pipeline.students.StudentVersions;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.student.StudentZip;
import io.sparkdistill.teacher.OnnxFile;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A student that was trained, and its ONNX file.
 *
 * @param student as it was published
 * @param onnx the same numbers in float32
 */
record FloatStudent(Candidate student, OnnxCandidate onnx) {
  /** Writes the file. */
  static FloatStudent of(Candidate student, Manifest manifest, DistillConfig config) {
    StudentScorer scorer = StudentScorer.open(student.zip(), student.place());
    int width = Math.toIntExact(scorer.width());
    int classes = Math.toIntExact(scorer.classes());
    byte[] bytes =
        StudentOnnx.write(
            StudentZip.read(student.zip(), student.place()),
            student.place(),
            config.export().head(),
            width,
            classes,
            metadata(manifest, config, width));
    return new FloatStudent(
        student,
        new OnnxCandidate(
            student.name(),
            new OnnxFile(bytes, fileName(student.name()), width, classes),
            StudentOnnx.LOGITS,
            scorer.parameters()));
  }

  static String fileName(String name) {
    return name + ".onnx";
  }

  /** Classes, what becomes of features before, and what the student was made from. */
  private static SortedMap<String, String> metadata(
      Manifest manifest, DistillConfig config, int width) {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("classes", Integer.toString(config.dataset().classes()));
    metadata.put("features", Integer.toString(width));
    metadata.put(
        "preprocessing", "none: rows as they are in the column " + config.dataset().features());
    metadata.put("output", Spelling.of(config.export().head()));
    metadata.put("provenance.student.sha256", StudentVersions.zipSha256(manifest));
    for (Map.Entry<String, String> input : manifest.inputs().entrySet()) {
      metadata.put("provenance." + input.getKey(), input.getValue());
    }
    return metadata;
  }
}
