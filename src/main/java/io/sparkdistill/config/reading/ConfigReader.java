package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EnsembleConfig;
import io.sparkdistill.config.SoftTargetsConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.config.ViewsConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the merged {@code distill} block into records. */
final class ConfigReader {

  private final Config merged;
  private final ConfigFields fields;

  ConfigReader(Config merged, String file) {
    this.merged = merged;
    this.fields = new ConfigFields(merged, file);
  }

  List<Problem> problems() {
    return fields.problems();
  }

  Set<String> keysRead() {
    return fields.read();
  }

  DistillConfig read() {
    if (fields.has("chain") && fields.list("chain").isEmpty()) {
      fields.problem("chain", "expected a list of blocks such as [{ name = assistant }]");
    }
    if (fields.has("heads") && fields.list("heads").isEmpty()) {
      fields.problem("heads", "expected a list of blocks such as [{ name = digit }]");
    }
    String output = fields.text("output");
    DatasetConfig dataset =
        new DatasetConfig(
            source("dataset.train"),
            source("dataset.test"),
            fields.text("dataset.id"),
            fields.text("dataset.features"),
            fields.text("dataset.label"),
            fields.wholeNumber("dataset.classes", 2, 100_000),
            fields.choice("dataset.unlabelled", DatasetConfig.Unlabelled.class),
            fields.optionalText("dataset.weight"));
    List<TeacherConfig> teachers =
        new TeachersReader(fields).read(dataset.features(), dataset.classes());
    StudentConfig student = new StudentReader(fields).read();
    TrainingConfig training = training(dataset.classes());
    ReleaseReader release = new ReleaseReader(fields);
    DistillConfig config =
        new DistillConfig(
            output,
            dataset,
            teachers,
            new EnsembleConfig(fields.choice("ensemble.combine", EnsembleConfig.Combine.class)),
            softTargets(),
            student,
            new ObjectiveReader(fields)
                .read(
                    codec(),
                    dataset.classes(),
                    new FeaturesReader(fields).read(student, teachers, training.batchSize())),
            training,
            new EvaluationReader(fields, merged).read(),
            new ExportReader(fields).export(),
            new ExportReader(fields).compress(),
            new TuningReader(fields, merged).read(),
            release.read());
    checkCodec(config);
    new TeachersCheck(fields, config).check();
    release.check(config);
    new UnlabelledCheck(fields, config).check();
    return config;
  }

  private SoftTargetsConfig.Codec codec() {
    return fields.choice("softTargets.codec", SoftTargetsConfig.Codec.class);
  }

  private SoftTargetsConfig softTargets() {
    return new SoftTargetsConfig(
        codec(),
        fields.wholeNumber("softTargets.batchSize", 1, 65_536),
        fields.number("softTargets.temperature", 0.01, 1000),
        fields.wholeNumber("softTargets.topK", 1, 99_999),
        fields.wholeNumber("softTargets.samples", 1, 65_536),
        fields.wholeNumber("softTargets.shardBytes", 1L << 16, 1L << 30),
        fields.wholeNumber("softTargets.maxBadRows", 0L, Long.MAX_VALUE),
        fields.flag("softTargets.includeFeatures"),
        views(),
        fields.wholeNumber("softTargets.keepVersions", 1, 1_000_000));
  }

  private ViewsConfig views() {
    String augmentation = "softTargets.augmentation";
    ViewsConfig views =
        new ViewsConfig(
            fields.wholeNumber("softTargets.views", 1, 1000),
            AugmentationReader.read(fields, augmentation),
            fields.seed(augmentation + ".seed"));
    if (views.count() > 1 && !views.augmentation().augments()) {
      fields.problem(
          "softTargets.views",
          "expected 1 where softTargets.augmentation changes nothing, found " + views.count());
    }
    return views;
  }

  /** What a codec can serve depends on other keys. A codec with a problem is read as float16. */
  private void checkCodec(DistillConfig config) {
    SoftTargetsConfig targets = config.softTargets();
    new ObjectiveCheck(fields, targets, config.objective(), config.dataset().classes()).check();
    if (targets.codec() == SoftTargetsConfig.Codec.TOPK
        && targets.topK() >= config.dataset().classes()
        && fields.isSound("softTargets.topK")
        && fields.isSound("dataset.classes")) {
      fields.problem(
          "softTargets.topK",
          "expected less than dataset.classes, which is "
              + config.dataset().classes()
              + ", found "
              + targets.topK());
    }
  }

  private TrainingConfig training(int classes) {
    return new TrainingConfig(
        fields.choice("training.engine", TrainingConfig.Engine.class),
        fields.wholeNumber("training.epochs", 1, 100_000),
        fields.wholeNumber("training.batchSize", 1, 1_000_000),
        new PeriodReader(fields).read(),
        fields.wholeNumberOrAuto("training.workers", 1, 100_000),
        fields.seed("training.seed"),
        fields.choice("training.schedule", TrainingConfig.Schedule.class),
        updater(),
        new RoundsReader(fields).read(),
        checkpoint(),
        new TransferSetReader(fields).read(classes));
  }

  private CheckpointConfig checkpoint() {
    return new CheckpointConfig(
        fields.wholeNumber("training.checkpoint.everyRounds", 0, 1_000_000),
        fields.number("training.checkpoint.everyMinutes", 0, 1_000_000),
        fields.wholeNumber("training.checkpoint.keep", 1, 1000),
        fields.choice(
            "training.checkpoint.otherConfiguration", CheckpointConfig.OtherConfiguration.class));
  }

  private SourceConfig source(String key) {
    Optional<String> path = fields.optionalText(key + ".path");
    Optional<String> table = fields.optionalText(key + ".table");
    SourceFormat format = fields.choice(key + ".format", SourceFormat.class);
    if (path.isPresent() == table.isPresent()) {
      fields.problem(
          key,
          "expected exactly one of path and table, found " + (path.isPresent() ? "both" : "none"));
    }
    if (table.isPresent()) {
      return new SourceConfig.Table(table.get());
    }
    return new SourceConfig.Files(path.orElse(""), Spelling.of(format));
  }

  private UpdaterConfig updater() {
    String key = "training.updater";
    int kinds = 0;
    for (String kind : List.of("adam", "nesterovs", "sgd")) {
      kinds += fields.has(key + "." + kind) ? 1 : 0;
    }
    if (kinds != 1) {
      fields.problem(key, "expected exactly one of adam, nesterovs and sgd, found " + kinds);
    }
    if (fields.has(key + ".nesterovs")) {
      return new UpdaterConfig.Nesterovs(
          rate(key + ".nesterovs"), fields.belowOne(key + ".nesterovs.momentum"));
    }
    if (fields.has(key + ".sgd")) {
      return new UpdaterConfig.Sgd(rate(key + ".sgd"));
    }
    return new UpdaterConfig.Adam(
        rate(key + ".adam"),
        fields.belowOne(key + ".adam.beta1"),
        fields.belowOne(key + ".adam.beta2"),
        fields.positive(key + ".adam.epsilon", 1));
  }

  private double rate(String key) {
    return fields.positive(key + ".learningRate", 1000);
  }

  private enum SourceFormat {
    PARQUET,
    ORC,
    IDX
  }
}
