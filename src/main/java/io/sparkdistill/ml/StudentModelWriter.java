package io.sparkdistill.ml;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.SealedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Saves parameters as Spark ML does, and beside them the student with its checksum. */
final class StudentModelWriter extends MLWriter {
  private static final String ZIP = "student.zip";

  private final StudentModel model;
  private final PackedStudent student;

  StudentModelWriter(StudentModel model, PackedStudent student) {
    this.model = model;
    this.student = student;
  }

  /** Where the student is below a path. */
  static SealedFolder folder(String path, Configuration conf) {
    Path saved = new Path(path);
    // Where Spark puts the parameters, also if it is relative: there, and nowhere else.
    Path beside = Locations.fileSystem(saved, conf).makeQualified(saved);
    return new SealedFolder(new Path(beside, "student"), "student", conf);
  }

  /** Reads the student below a path, after a look at its checksum. */
  static PackedStudent read(String path, Configuration conf) {
    SealedFolder folder = folder(path, conf);
    return folder
        .manifest()
        .map(
            manifest ->
                PackedStudent.of(
                    folder.read(manifest.file(ZIP)), Locations.display(folder.root()) + "/" + ZIP))
        .orElseThrow(
            () ->
                new BadInputException(
                    "Cannot load a student model from "
                        + Locations.display(folder.root().getParent())
                        + ", there is no student in it. Give a path that one was saved to."));
  }

  @Override
  public void saveImpl(String path) {
    Configuration conf = sparkSession().sparkContext().hadoopConfiguration();
    try {
      new DefaultParamsWriter(model).session(sparkSession()).save(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean saved =
        folder(path, conf)
            .seal(
                1,
                Map.of("student.sha256", student.sha256()),
                Map.of("place", student.place()),
                Map.of(ZIP, student.zip()))
            .isPresent();
    if (!saved) {
      throw new ConflictException(
          "Cannot save the student model to "
              + path
              + ", somebody else saves there. Give another path.");
    }
  }
}
