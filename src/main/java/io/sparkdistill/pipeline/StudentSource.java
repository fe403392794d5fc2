package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.student.StudentModel;
import io.sparkdistill.student.StudentNetworks;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What a student is made of.
 *
 * @param config its layers, where they are configured
 * @param model its layers, and perhaps first parameters, where the user brings them
 */
record StudentSource(StudentConfig config, Optional<StudentModel> model) {
  /** Reads the user's file, where there is one. */
  static StudentSource of(StudentConfig config, Configuration hadoop) {
    return new StudentSource(config, config.model().map(place -> StudentModel.read(place, hadoop)));
  }

  /** What makes it another student. */
  Map<String, String> inputs() {
    return model
        .map(own -> Map.of("student.model.sha256", own.sha256()))
        .orElseGet(
            () ->
                Map.of(
                    "student.hidden",
                    config.description(),
                    "student.activation",
                    config.activation().name().toLowerCase(Locale.ROOT)));
  }

  StudentNetworks networks(DistillConfig distill, int width) {
    return new StudentNetworks(config, model, width, distill.dataset().classes());
  }
}
