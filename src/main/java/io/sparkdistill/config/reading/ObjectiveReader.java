package io.sparkdistill.config.reading;

import io.sparkdistill.config.AdaptationConfig;
import io.sparkdistill.config.FeatureConfig;
import io.sparkdistill.config.LossConfig;
import io.sparkdistill.config.LossConfig.Kind;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.ScheduleConfig;
import io.sparkdistill.config.SoftTargetsConfig;
import io.sparkdistill.config.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a student minimises. */
final class ObjectiveReader {
  private static final String BLOCK = "objective.";
  private static final String ASKS_NOBODY = ", because label-smoothing asks no teacher, found ";
  private static final double MOST = 1e6;

  /** Which keys only some kinds have. */
  private static final Map<Kind, List<String>> PARAMETERS =
      Map.of(
          Kind.DKD, List.of("alpha", "beta"),
          Kind.DIST, List.of("beta", "gamma"),
          Kind.MARGIN_RANKING, List.of("margin", "ranks"),
          Kind.LABEL_SMOOTHING, List.of("smoothing"));

  private final ConfigFields fields;

  ObjectiveReader(ConfigFields fields) {
    this.fields = fields;
  }

  ObjectiveConfig read(SoftTargetsConfig.Codec codec, int classes, List<FeatureConfig> features) {
    Kind kind = fields.choice(BLOCK + "kind", Kind.class);
    refuseMisplaced(kind);
    boolean standardise = fields.flag(BLOCK + "standardise");
    ScheduleConfig temperature = new ScheduleReader(fields, BLOCK + "temperature").read(0.01, 1000);
    ScheduleConfig softWeight = new ScheduleReader(fields, BLOCK + "softWeight").read(0, 1);
    AdaptationConfig adaptation =
        new AdaptationConfig(
            fields.choice(BLOCK + "temperatureBy", AdaptationConfig.TemperatureBy.class),
            fields.choice(BLOCK + "softWeightBy", AdaptationConfig.SoftWeightBy.class),
            fields.choice(BLOCK + "whenTeacherIsWrong", AdaptationConfig.WhenTeacherIsWrong.class));
    if (kind == Kind.LABEL_SMOOTHING) {
      if (standardise) {
        fields.problem(BLOCK + "standardise", "expected false" + ASKS_NOBODY + "true");
      }
      refuseAdaptation(adaptation);
      refuseFeatures(features);
    }
    if (adaptation.temperatureBy() != AdaptationConfig.TemperatureBy.NONE
        && kind != Kind.LABEL_SMOOTHING
        && !kind.hasTemperature()) {
      fields.problem(
          BLOCK + "temperatureBy",
          "expected none, because "
              + Spelling.of(kind)
              + " has no temperature, found "
              + Spelling.of(adaptation.temperatureBy()));
    }
    return new ObjectiveConfig(
        loss(kind),
        standardise,
        kind.hasTemperature() ? temperature : ignored(),
        kind == Kind.LABEL_SMOOTHING
            ? ScheduleConfig.constant(number("smoothing", 0.1, 0, 1))
            : softWeight,
        adaptation,
        codec == SoftTargetsConfig.Codec.TOPK
            ? ObjectiveConfig.Tail.GHOST
            : ObjectiveConfig.Tail.CLASSES,
        new ClassWeightsReader(fields).read(classes),
        features);
  }

  /** Students that differ in nothing else are the same one. */
  private static ScheduleConfig ignored() {
    return ScheduleConfig.constant(ConfigLoader.reference().getDouble(BLOCK + "temperature"));
  }

  private void refuseFeatures(List<FeatureConfig> features) {
    if (!features.isEmpty()) {
      fields.problem(
          BLOCK + "features", "expected []" + ASKS_NOBODY + features.get(0).description());
    }
  }

  private void refuseAdaptation(AdaptationConfig adaptation) {
    adaptation
        .differences()
        .forEach(
            (key, value) ->
                fields.problem(
                    BLOCK + key,
                    "expected "
                        + (key.equals("whenTeacherIsWrong") ? "keep" : "none")
                        + ASKS_NOBODY
                        + value));
  }

  private LossConfig loss(Kind kind) {
    return switch (kind) {
      case DKD -> {
        LossConfig.Dkd dkd =
            new LossConfig.Dkd(number("alpha", 1, 0, MOST), number("beta", 8, 0, MOST));
        refuseNothing("alpha", dkd.alpha() + dkd.beta());
        yield dkd;
      }
      case DIST -> {
        LossConfig.Dist dist =
            new LossConfig.Dist(number("beta", 2, 0, MOST), number("gamma", 2, 0, MOST));
        refuseNothing("beta", dist.beta() + dist.gamma());
        yield dist;
      }
      case MARGIN_RANKING ->
          new LossConfig.MarginRanking(
              fields.has(BLOCK + "margin") ? fields.positive(BLOCK + "margin", MOST) : 1,
              fields.has(BLOCK + "ranks") ? fields.wholeNumber(BLOCK + "ranks", 1, 100_000) : 5);
      default -> new LossConfig.Plain(kind);
    };
  }

  private void refuseNothing(String key, double weights) {
    if (weights == 0) {
      fields.problem(
          BLOCK + key, "expected one of the weights above 0, for the teacher to be heard, found 0");
    }
  }

  private double number(String key, double usual, double least, double most) {
    return fields.numberOr(BLOCK + key, usual, least, most);
  }

  private void refuseMisplaced(Kind kind) {
    Set<String> all = new TreeSet<>();
    PARAMETERS.values().forEach(all::addAll);
    List<String> known = PARAMETERS.getOrDefault(kind, List.of());
    for (String key : all) {
      if (fields.has(BLOCK + key) && !known.contains(key)) {
        fields.problem(
            BLOCK + key,
            "no such key where objective.kind is "
                + Spelling.of(kind)
                + (known.isEmpty() ? "" : ", known there are " + String.join(", ", known)));
      }
    }
  }
}
