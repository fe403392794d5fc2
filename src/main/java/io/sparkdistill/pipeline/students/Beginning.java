package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.student.StudentNetworks;
import java.util.Map;

/** What a training begins with. */
interface Beginning {
  /** The layers as they are configured, with the first weights of the seed. */
  static Beginning ofSeed(DistillConfig config) {
    return new SeededBeginning(config);
  }

  /** Layers and first weights. */
  StudentNetworks networks(StudentSource source, int width);

  /** How it goes on from there. */
  TrainingConfig training();

  /** What decides it beside the configuration of every student. */
  Map<String, String> inputs();

  /** Whether what it is made of is published. */
  boolean isReady();

  /** The layers, for people. */
  String description();
}
