package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.config.ViewsConfig;
import io.sparkdistill.softtargets.LogitCodec;
import io.sparkdistill.teacher.TeacherModel;

/**
 * What one cache is to hold.
 *
 * @param name of the stage
 * @param source of the rows
 * @param codec how logits are stored
 * @param views what the teacher is shown of each row
 * @param includeFeatures whether inputs are stored
 * @param teacher who is asked, and which of its inner tensors are stored
 */
record CacheSpec(
    String name,
    SourceConfig source,
    LogitCodec codec,
    ViewsConfig views,
    boolean includeFeatures,
    TeacherModel teacher) {
  static CacheSpec training(DistillConfig config, TeacherModel teacher) {
    return new CacheSpec(
        Pipeline.SOFT_TARGETS,
        config.dataset().train(),
        LogitCodec.of(config.softTargets(), config.dataset().classes()),
        config.softTargets().views(),
        config.softTargets().includeFeatures(),
        teacher);
  }

  /** Kept exactly, because the teacher itself is judged by it. */
  static CacheSpec test(DistillConfig config, TeacherModel teacher) {
    return new CacheSpec(
        Pipeline.TEST_TARGETS,
        config.dataset().test(),
        LogitCodec.exact(),
        ViewsConfig.plain(),
        true,
        teacher.withoutIntermediates());
  }
}
