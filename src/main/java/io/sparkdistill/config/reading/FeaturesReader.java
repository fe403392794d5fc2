package io.sparkdistill.config.reading;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.sparkdistill.config.FeatureConfig;
import io.sparkdistill.config.FeatureConfig.Kind;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TeacherSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads which hidden layers of the student are compared with what inside a teacher. */
final class FeaturesReader {
  private static final String FEATURES = "objective.features";
  static final Set<String> KNOWN =
      Set.of("kind", "teacher", "layer", "weight", "shape", "distance", "angle");
  private static final double MOST = 1e6;

  /** Relations need numbers for all pairs of a batch, and time for all triples. */
  private static final int MOST_RELATED = 2048;

  /** Which keys only some kinds have. */
  private static final Map<String, Set<Kind>> KINDS =
      Map.of(
          "shape", Set.of(Kind.HINT, Kind.ATTENTION),
          "distance", Set.of(Kind.RELATIONAL),
          "angle", Set.of(Kind.RELATIONAL));

  private final ConfigFields fields;

  FeaturesReader(ConfigFields fields) {
    this.fields = fields;
  }

  List<FeatureConfig> read(StudentConfig student, List<TeacherConfig> teachers, int batchSize) {
    Optional<ConfigList> list = fields.list(FEATURES);
    if (list.isEmpty()) {
      fields.problem(
          FEATURES,
          "expected a list of blocks such as [{ kind = hint, teacher = conv5, layer = 1 }]");
      return List.of();
    }
    List<FeatureConfig> features = new ArrayList<>();
    for (ConfigValue element : list.get()) {
      if (element instanceof ConfigObject object) {
        String key = FEATURES + "[" + features.size() + "].";
        features.add(
            feature(features.size(), fields.within(object.toConfig(), key), student, teachers));
      } else {
        fields.problem(
            FEATURES, "expected blocks such as { kind = hint, teacher = conv5, layer = 1 }");
        return List.of();
      }
    }
    checkTraining(features, student, batchSize);
    return features;
  }

  private static FeatureConfig feature(
      int number, ConfigFields feature, StudentConfig student, List<TeacherConfig> teachers) {
    feature.only(KNOWN);
    Kind kind = feature.choice("kind", Kind.class);
    new TreeMap<>(KINDS)
        .forEach(
            (key, kinds) -> {
              if (!kinds.contains(kind) && feature.has(key)) {
                feature.problem(key, "no such key where kind is " + Spelling.of(kind));
              }
            });
    return new FeatureConfig(
        number,
        kind,
        tensor(feature, teachers),
        layer(feature, student.hiddenLayers()),
        feature.weight(),
        shape(feature),
        relations(feature));
  }

  private static String tensor(ConfigFields feature, List<TeacherConfig> teachers) {
    String name = feature.text("teacher");
    if (name.isEmpty()) {
      return name;
    }
    List<String> there =
        teachers.stream()
            .map(TeacherConfig::source)
            .filter(TeacherSource.Onnx.class::isInstance)
            .flatMap(source -> ((TeacherSource.Onnx) source).intermediates().stream())
            .toList();
    long times = there.stream().filter(name::equals).count();
    if (times == 0) {
      feature.problem(
          "teacher",
          "expected a tensor among a teacher's intermediates, which are "
              + (there.isEmpty() ? "none" : String.join(", ", there))
              + ", found '"
              + name
              + "'");
    } else if (times > 1) {
      feature.problem(
          "teacher",
          "expected a tensor among the intermediates of one teacher alone, found '" + name + "'");
    }
    return name;
  }

  /** By its name, or by its number from 1. */
  private static String layer(ConfigFields feature, List<String> layers) {
    String given = feature.text("layer");
    for (int i = 0; i < layers.size(); i++) {
      if (given.equals(layers.get(i)) || given.equals(Integer.toString(i + 1))) {
        return layers.get(i);
      }
    }
    feature.problem(
        "layer",
        (layers.isEmpty()
                ? "expected a hidden layer, and the student has none"
                : "expected a number from 1 to "
                    + layers.size()
                    + ", or one of "
                    + String.join(", ", layers))
            + ", found '"
            + given
            + "'");
    return given;
  }

  private static List<Integer> shape(ConfigFields feature) {
    if (!feature.has("shape")) {
      return List.of();
    }
    List<Integer> shape = feature.sizes("shape");
    if (!shape.isEmpty() && shape.size() != 3) {
      feature.problem(
          "shape",
          "expected [channels, height, width], found "
              + shape.size()
              + (shape.size() == 1 ? " number" : " numbers"));
    }
    return shape;
  }

  private static FeatureConfig.Relations relations(ConfigFields feature) {
    FeatureConfig.Relations relations =
        new FeatureConfig.Relations(
            feature.numberOr("distance", 1, 0, MOST), feature.numberOr("angle", 2, 0, MOST));
    if (relations.distance() == 0 && relations.angle() == 0) {
      feature.problem("angle", "expected more than 0 where distance is 0, found 0");
    }
    return relations;
  }

  private void checkTraining(List<FeatureConfig> features, StudentConfig student, int batchSize) {
    if (features.isEmpty()) {
      return;
    }
    if (student.model().isPresent()) {
      fields.problem(
          FEATURES, "expected [], because student.model is given, whose layers are not configured");
    }
    if (new EngineCheck(fields).isStock()) {
      fields.problem(
          FEATURES,
          "expected [], because the engine is dl4j-spark, which sees no hidden layers, found "
              + features.size()
              + (features.size() == 1 ? " block" : " blocks"));
    }
    if (batchSize > MOST_RELATED
        && features.stream().anyMatch(feature -> feature.kind() == Kind.RELATIONAL)) {
      fields.problem(
          "training.batchSize",
          "expected at most "
              + MOST_RELATED
              + ", because objective.features relates all rows of a batch, found "
              + batchSize);
    }
  }
}
