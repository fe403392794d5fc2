package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.examples.SliceTable;
import io.sparkdistill.export.StudentOnnx;
import io.sparkdistill.pipeline.judging.Incumbent;
import io.sparkdistill.pipeline.students.StudentSource;
import io.sparkdistill.student.StudentModel;
import io.sparkdistill.training.rows.ChosenRows;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

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
    lookAtModel(spark, config, List.of(config));
    lookBesideModel(spark, config);
  }

  /**
   * Looks at the network that is to be trained, where the user brings one.
   *
   * @param heads that it must have, side by side; the configuration itself where there is one
   */
  static void lookAtModel(SparkSession spark, DistillConfig config, List<DistillConfig> heads) {
    StudentSource student = StudentSource.of(config, spark.sparkContext().hadoopConfiguration());
    if (student.model().isPresent()) {
      StudentModel own = student.model().get();
      int classes = heads.stream().mapToInt(head -> head.dataset().classes()).sum();
      MultiLayerConfiguration published =
          student.networks(own.width(), classes).published(config.training());
      if (heads.stream().anyMatch(head -> head.export().onnx())) {
        StudentOnnx.require(published, own.place());
      }
    }
  }

  /** The same as {@link #look} for one of several heads, which has no network of its own. */
  static void lookBesideModel(SparkSession spark, DistillConfig config) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    ChosenRows.of(spark, config.training().transferSet());
    config.evaluation().incumbent().ifPresent(place -> Incumbent.read(place, hadoop));
    if (!config.evaluation().slices().isEmpty()) {
      SliceTable.open(spark, config.dataset(), config.evaluation().slices());
    }
  }
}
