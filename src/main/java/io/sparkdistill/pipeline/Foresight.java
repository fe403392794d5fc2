package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.examples.SliceTable;
import io.sparkdistill.export.StudentOnnx;
import io.sparkdistill.training.rows.ChosenRows;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What is looked at before anything is computed for hours: all that is configured for later and
 * needs neither a teacher nor a student. Stateless.
 */
final class Foresight {
  private Foresight() {}

  /**
   * Looks; reads no rows.
   *
   * @throws io.sparkdistill.failure.DistillException if a file is not there or is no student that
   *     can become what is asked for, or a condition or a slice is none
   */
  static void look(SparkSession spark, DistillConfig config) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    StudentSource student = StudentSource.of(config, hadoop);
    if (config.export().onnx()) {
      student
          .model()
          .ifPresent(
              own ->
                  StudentOnnx.require(
                      student.networks(config, own.width()).published(config.training()),
                      own.place()));
    }
    ChosenRows.of(spark, config.training().transferSet());
    config.evaluation().incumbent().ifPresent(place -> Incumbent.read(place, hadoop));
    if (!config.evaluation().slices().isEmpty()) {
      SliceTable.open(spark, config.dataset(), config.evaluation().slices());
    }
  }
}
