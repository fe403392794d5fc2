package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.student.StudentModel;
import io.sparkdistill.student.StudentNetworks;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What a student is made of.
 *
 * @param config its layers, where they are configured
 * @param model its layers, and perhaps first parameters, where the user brings them
 */
public record StudentSource(StudentConfig config, Optional<StudentModel> model) {
  /**
   * Reads the user's file, where there is one.
   *
   * @throws InvalidConfigurationException if the engine cannot train it twice alike
   */
  public static StudentSource of(DistillConfig distill, Configuration hadoop) {
    StudentConfig config = distill.student();
    Optional<StudentModel> model = config.model().map(place -> StudentModel.read(place, hadoop));
    if (distill.training().engine() == TrainingConfig.Engine.DL4J_SPARK) {
      model.ifPresent(StudentModel::requireNothingRandom);
    }
    return new StudentSource(config, model);
  }

  /**
   * What makes it another student.
   *
   * @return inputs for a manifest
   */
  public Map<String, String> inputs() {
    return model
        .map(own -> Map.of("student.model.sha256", own.sha256()))
        .orElseGet(
            () ->
                Map.of(
                    "student.hidden",
                    config.description(),
                    "student.activation",
                    Spelling.of(config.activation())));
  }

  /**
   * Networks of the source for rows of a data set.
   *
   * @param distill whose classes are learned
   * @param width numbers in the features of a row
   * @return untrained
   */
  public StudentNetworks networks(DistillConfig distill, int width) {
    return networks(width, distill.dataset().classes());
  }

  /** The same for so many classes, of all heads together. */
  public StudentNetworks networks(int width, int classes) {
    return new StudentNetworks(config, model, width, classes);
  }
}
