package io.sparkdistill.ml;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Loads what {@link StudentModelWriter} saved. */
final class StudentModelReader extends MLReader<StudentModel> {
  @Override
  public StudentModel load(String path) {
    StudentModel parameters =
        new DefaultParamsReader<StudentModel>().session(sparkSession()).load(path);
    return parameters.with(
        StudentModelWriter.read(path, sparkSession().sparkContext().hadoopConfiguration()));
  }
}
