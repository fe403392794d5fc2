package io.sparkdistill.pipeline.publishing;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.Software;
import io.sparkdistill.report.Provenance.Fact;
import io.sparkdistill.report.Provenance.Facts;
import io.sparkdistill.softtargets.CacheKeys;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.teacher.TeacherModel;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the manifests say of the teacher, the data and the students. */
public final class Lineage {
  private static final Map<String, String> OF_TEACHERS =
      words(
          CacheKeys.TEACHER_PLACE,
          "read from",
          TeacherModel.SHA256,
          "digest of the file",
          TeacherModel.KIND,
          "kind",
          "teacher.column",
          "column",
          "teacher.input",
          "input",
          "teacher.output",
          "output",
          CacheKeys.TEACHER_PARAMETERS,
          "parameters",
          CacheKeys.CODEC,
          "codec of its soft targets",
          CacheKeys.VIEWS,
          "views of a row");

  private static final Map<String, String> OF_ROWS =
      words(
          CacheKeys.SOURCE, "read from",
          CacheKeys.COLUMNS, "columns",
          CacheKeys.ROWS, "rows",
          CacheKeys.BAD_ROWS, "rows set aside",
          CacheKeys.EXAMPLES, "rows’ digest",
          CacheKeys.CONTENT, "digest with soft targets");

  private static final Map<String, String> OF_STUDENTS =
      words(
          "student.hidden", "network",
          "student.activation", "activation",
          "student.model.sha256", "given network’s digest",
          "parameters", "parameters",
          "training.engine", "engine",
          "training.seed", "seed",
          "workers", "workers",
          "steps", "steps of a worker",
          "finalLoss", "loss of the last round");

  /** Models that are trained here. */
  static final List<String> TRAININGS = List.of(Metrics.STUDENT, Metrics.BASELINE, Metrics.PRUNED);

  /** What a manifest says of an input or output that nobody had to name. */
  private static final String UNSAID = "the only one";

  private static final Set<String> COUNTS =
      Set.of(
          CacheKeys.ROWS, CacheKeys.BAD_ROWS, "steps", "parameters", CacheKeys.TEACHER_PARAMETERS);

  private final RunContext context;
  private final Targets softTargets;
  private final Targets testTargets;

  /**
   * Reads nothing yet.
   *
   * @param context of the run
   * @param softTargets that students learned from
   * @param testTargets rows on which they were judged
   */
  public Lineage(RunContext context, Targets softTargets, Targets testTargets) {
    this.context = context;
    this.softTargets = softTargets;
    this.testTargets = testTargets;
  }

  /** Numbers in the features of the student's rows. */
  int width() {
    return softTargets.width(softTargets.published());
  }

  /** All that is known of what was judged. */
  List<Facts> facts(Metrics metrics) {
    List<Facts> groups = new ArrayList<>();
    if (context.config().hasTeacher()) {
      groups.addAll(of(softTargets, name -> "Teacher" + name, OF_TEACHERS));
    }
    groups.addAll(of(softTargets, name -> "Training rows" + name, OF_ROWS));
    groups.addAll(of(testTargets, name -> "Test rows" + name, OF_ROWS));
    for (String name : TRAININGS) {
      if (metrics.models().containsKey(name)) {
        context
            .directory(name)
            .current()
            .map(manifest -> student(name, manifest))
            .ifPresent(groups::add);
      }
    }
    return groups.stream().filter(group -> !group.facts().isEmpty()).toList();
  }

  private static List<Facts> of(
      Targets targets, Function<String, String> title, Map<String, String> words) {
    List<Manifest> manifests = targets.published().manifests();
    List<String> names = targets.names();
    List<Facts> groups = new ArrayList<>();
    for (int k = 0; k < manifests.size(); k++) {
      String suffix = targets.areSeveral() ? ", " + names.get(k) : "";
      groups.add(new Facts(title.apply(suffix), facts(manifests.get(k), words)));
    }
    return groups;
  }

  private static Facts student(String name, Manifest manifest) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("version", Integer.toString(manifest.version())));
    manifest.files().forEach(file -> facts.add(new Fact(file.name(), file.sha256())));
    facts.addAll(facts(manifest, OF_STUDENTS));
    Software.words(manifest.facts())
        .map(text -> new Fact("trained with", text))
        .ifPresent(facts::add);
    return new Facts(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), facts);
  }

  private static List<Fact> facts(Manifest manifest, Map<String, String> words) {
    return words.entrySet().stream()
        .flatMap(
            word ->
                value(manifest, word.getKey())
                    .map(value -> new Fact(word.getValue(), shown(word.getKey(), value)))
                    .stream())
        .toList();
  }

  private static String shown(String key, String value) {
    return COUNTS.contains(key) && value.matches("\\d{1,18}")
        ? Numbers.count(Long.parseLong(value))
        : value;
  }

  private static Optional<String> value(Manifest manifest, String key) {
    return Optional.ofNullable(manifest.inputs().get(key))
        .or(() -> Optional.ofNullable(manifest.facts().get(key)))
        .filter(text -> !text.equals(UNSAID));
  }

  private static Map<String, String> words(String... keysAndWords) {
    Map<String, String> words = new LinkedHashMap<>();
    for (int i = 0; i < keysAndWords.length; i += 2) {
      words.put(keysAndWords[i], keysAndWords[i + 1]);
    }
    return words;
  }
}
