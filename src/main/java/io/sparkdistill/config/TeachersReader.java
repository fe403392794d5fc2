package io.sparkdistill.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads who teaches. */
final class TeachersReader {
  private static final String TEACHERS = "teachers";
  private static final TeacherConfig NONE =
      new TeacherConfig(TEACHERS + "[0]", new TeacherSource.Dl4j(""));

  /** What a teacher is, and the keys that only such a teacher has. */
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "onnx", Set.of("input", "output", "intermediates"),
          "dl4j", Set.of(),
          "column", Set.of("kind"));

  private final ConfigFields fields;

  TeachersReader(ConfigFields fields) {
    this.fields = fields;
  }

  TeacherConfig read() {
    Optional<ConfigList> list = fields.list(TEACHERS);
    if (list.isEmpty()) {
      fields.problem(
          TEACHERS, "expected a list of one teacher such as [{ onnx = \"teacher.onnx\" }]");
      return NONE;
    }
    if (list.get().size() != 1) {
      fields.problem(
          TEACHERS, "expected a list of exactly one teacher, found " + list.get().size());
      return NONE;
    }
    return teacher(list.get().get(0), TEACHERS + "[0]");
  }

  private TeacherConfig teacher(ConfigValue element, String key) {
    if (!(element instanceof ConfigObject object)) {
      fields.problem(TEACHERS, "expected a block such as { onnx = \"teacher.onnx\" }");
      return NONE;
    }
    ConfigFields teacher = fields.within(object.toConfig(), key + ".");
    Set<String> known = new TreeSet<>(KINDS.keySet());
    KINDS.values().forEach(known::addAll);
    for (String name : object.keySet()) {
      if (!known.contains(name)) {
        UnknownKeys.report(fields, key + "." + name, object.get(name), known);
      }
    }
    return new TeacherConfig(key, source(teacher));
  }

  private static TeacherSource source(ConfigFields teacher) {
    List<String> kinds = KINDS.keySet().stream().sorted().filter(teacher::has).toList();
    if (kinds.size() != 1) {
      teacher.problem(
          "onnx",
          "expected exactly one of onnx, dl4j and column, found "
              + (kinds.isEmpty() ? "none" : String.join(", ", kinds)));
      return NONE.source();
    }
    String kind = kinds.get(0);
    KINDS.forEach(
        (other, keys) -> {
          if (!other.equals(kind)) {
            keys.stream()
                .sorted()
                .filter(teacher::has)
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
