package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.ViewsConfig;
import io.sparkdistill.examples.RowRules;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.teacher.TeacherModel;

/**
 * What one cache is to hold.
 *
 * @param name of the stage
 * @param source of the rows
 * @param dataset as the teacher sees it
 * @param codec how logits are stored
 * @param views what the teacher is shown of each row
 * @param includeFeatures whether inputs are stored
 * @param teacher who is asked, and which of its inner tensors are stored
 */
public record CacheSpec(
    String name,
    SourceConfig source,
    DatasetConfig dataset,
    LogitCodec codec,
    ViewsConfig views,
    boolean includeFeatures,
    TeacherModel teacher) {
  /** The stage that asks about training rows, and the folder of what it was told. */
  public static final String SOFT_TARGETS = "soft-targets";

  /** The same for test rows. */
  public static final String TEST_TARGETS = "test-targets";

  static CacheSpec training(DistillConfig config, TeacherConfig asked, TeacherModel teacher) {
    return new CacheSpec(
        name(SOFT_TARGETS, asked),
        config.dataset().train(),
        config.dataset().seenBy(asked.features()),
        LogitCodec.of(config.softTargets(), config.dataset().classes()),
        config.softTargets().views(),
        config.softTargets().includeFeatures(),
        teacher);
  }

  /** Kept exactly, because the teacher itself is judged by it. */
  static CacheSpec test(DistillConfig config, TeacherConfig asked, TeacherModel teacher) {
    return new CacheSpec(
        name(TEST_TARGETS, asked),
        config.dataset().test(),
        config.dataset().judged().seenBy(asked.features()),
        LogitCodec.exact(),
        ViewsConfig.plain(),
        true,
        teacher.withoutIntermediates());
  }

  RowRules rules() {
    return RowRules.of(dataset);
  }

  /** Where the cache of a teacher is: a name is part of the place. */
  public static String name(String stage, TeacherConfig teacher) {
    return stage + teacher.name().map(name -> "-" + name).orElse("");
  }
}
