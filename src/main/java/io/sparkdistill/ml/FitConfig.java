package io.sparkdistill.ml;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * The configuration of an estimator, whose rows come with the call and not from a place of theirs.
 *
 * @param whose for messages, such as {@code of distiller_1}
 * @param text a block {@code distill { … }}, or nothing
 * @param settings {@code key=value} each, over the text
 * @param id column of row names
 * @param features column of inputs
 * @param label column of classes
 */
record FitConfig(
    String whose, String text, List<String> settings, String id, String features, String label) {
  /** Copies the settings. */
  FitConfig {
    settings = List.copyOf(settings);
  }

  /**
   * Reads it.
   *
   * @param output folder that everything is published in
   * @param input where the rows are kept
   * @throws InvalidConfigurationException if it is none, or asks for more than one student
   */
  DistillConfig read(String output, Path input) {
    List<String> values = new ArrayList<>(settings);
    values.addAll(List.of(ConfigLoader.setting("output", output), "evaluation.baseline=false"));
    for (String part : List.of("dataset.train", "dataset.test")) {
      // Nobody reads the test rows, but a configuration has some.
      values.add(part + ".table=null");
      values.add(part + ".format=parquet");
      values.add(ConfigLoader.setting(part + ".path", input.toString()));
    }
    values.add(ConfigLoader.setting("dataset.id", id));
    values.add(ConfigLoader.setting("dataset.features", features));
    values.add(ConfigLoader.setting("dataset.label", label));
    LoadedConfig loaded = ConfigLoader.fromText(text, whose, values);
    if (!loaded.chain().isEmpty()) {
      throw refused("a chain, which needs a command: " + loaded.chain().size() + " links", "links");
    }
    if (loaded.hasHeads()) {
      throw refused("heads, which need a command: " + loaded.headNames(), "heads");
    }
    return loaded.config();
  }

  private InvalidConfigurationException refused(String what, String parts) {
    return new InvalidConfigurationException(
        "Cannot fit by the configuration "
            + whose
            + ", it has "
            + what
            + ". Run it, or fit the "
            + parts
            + " one by one.");
  }

  /** What the student and its teachers read. */
  static Set<String> columns(DistillConfig configured) {
    Set<String> columns = new LinkedHashSet<>();
    columns.add(configured.dataset().id());
    columns.add(configured.dataset().features());
    columns.add(configured.dataset().label());
    configured.dataset().weight().ifPresent(columns::add);
    for (TeacherConfig teacher : configured.teachers()) {
      columns.add(teacher.features());
      if (teacher.source() instanceof TeacherSource.Column answers) {
        columns.add(answers.column());
      }
    }
    return columns;
  }
}
