package io.sparkdistill.config.reading;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TeacherSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads who teaches. */
final class TeachersReader {
  private static final String TEACHERS = "teachers";
  private static final TeacherSource NONE = new TeacherSource.Dl4j("");
  private static final Set<String> ALL =
      Set.of("name", "features", "weight", "classWeights", "onnx", "dl4j", "column");

  /** What a teacher is, and the keys that not every other teacher has. */
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "onnx", Set.of("input", "output", "kind", "intermediates"),
          "dl4j", Set.of(),
          "column", Set.of("kind"));

  private final ConfigFields fields;

  TeachersReader(ConfigFields fields) {
    this.fields = fields;
  }

  List<TeacherConfig> read(String features, int classes) {
    Optional<ConfigList> list = fields.list(TEACHERS);
    if (list.isPresent() && list.get().isEmpty()) {
      return List.of(
          new TeacherConfig(
              TEACHERS, Optional.empty(), new TeacherSource.Nobody(), features, 1, List.of()));
    }
    if (list.isEmpty()) {
      fields.problem(
          TEACHERS,
          "expected a list of at least one teacher such as [{ onnx = \"teacher.onnx\" }]");
      return List.of(none(features));
    }
    List<TeacherConfig> teachers = new ArrayList<>();
    for (ConfigValue element : list.get()) {
      teachers.add(teacher(element, TEACHERS + "[" + teachers.size() + "]", features, classes));
    }
    return teachers;
  }

  private static TeacherConfig none(String features) {
    return new TeacherConfig(TEACHERS + "[0]", Optional.empty(), NONE, features, 1, List.of());
  }

  private TeacherConfig teacher(ConfigValue element, String key, String features, int classes) {
    if (!(element instanceof ConfigObject object)) {
      fields.problem(TEACHERS, "expected blocks such as { onnx = \"teacher.onnx\" }");
      return none(features);
    }
    ConfigFields teacher = fields.within(object.toConfig(), key + ".");
    Set<String> known = new TreeSet<>(ALL);
    KINDS.values().forEach(known::addAll);
    for (String name : object.keySet()) {
      if (!known.contains(name)) {
        UnknownKeys.report(fields, key + "." + name, object.get(name), known);
      }
    }
    return new TeacherConfig(
        key,
        name(teacher),
        source(teacher),
        teacher.optionalText("features").orElse(features),
        teacher.weight(),
        classWeights(teacher, classes));
  }

  private static Optional<String> name(ConfigFields teacher) {
    Optional<String> name = teacher.optionalText("name");
    name.filter(text -> !ConfigFields.NAME.matcher(text).matches())
        .ifPresent(
            text ->
                teacher.problem(
                    "name",
                    "expected at most 32 lower-case letters, digits and hyphens, no hyphen first,"
                        + " found '"
                        + text
                        + "'"));
    return name;
  }

  private static List<Double> classWeights(ConfigFields teacher, int classes) {
    List<Double> weights = teacher.weights("classWeights");
    if (!weights.isEmpty() && weights.size() != classes) {
      teacher.problem(
          "classWeights",
          "expected as many numbers as dataset.classes, which is "
              + classes
              + ", found "
              + weights.size());
    }
    return weights;
  }

  private static TeacherSource source(ConfigFields teacher) {
    List<String> kinds = KINDS.keySet().stream().sorted().filter(teacher::has).toList();
    if (kinds.size() != 1) {
      teacher.problem(
          "onnx",
          "expected exactly one of onnx, dl4j and column, found "
              + (kinds.isEmpty() ? "none" : String.join(", ", kinds)));
      return NONE;
    }
    String kind = kinds.get(0);
    KINDS.forEach(
        (other, keys) -> {
          if (!other.equals(kind)) {
            keys.stream()
                .sorted()
                .filter(teacher::has)
                .filter(key -> !KINDS.get(kind).contains(key))
                .forEach(key -> misplaced(teacher, key, kind));
          }
        });
    return switch (kind) {
      case "dl4j" -> new TeacherSource.Dl4j(teacher.text(kind));
      case "column" -> new TeacherSource.Column(teacher.text(kind), answers(teacher));
      default ->
          new TeacherSource.Onnx(
              teacher.text(kind),
              teacher.optionalText("input"),
              teacher.optionalText("output"),
              answers(teacher),
              teacher.has("intermediates") ? teacher.names("intermediates") : List.of());
    };
  }

  private static void misplaced(ConfigFields teacher, String key, String kind) {
    teacher.problem(key, "no such key where the teacher is given by " + kind);
  }

  private static AnswerKind answers(ConfigFields teacher) {
    if (!teacher.has("kind")) {
      return AnswerKind.LOGITS;
    }
    return switch (teacher.choice("kind", Answers.class)) {
      case LOGITS -> AnswerKind.LOGITS;
      case PROBABILITIES -> AnswerKind.PROBABILITIES;
    };
  }

  private enum Answers {
    LOGITS,
    PROBABILITIES
  }
}
