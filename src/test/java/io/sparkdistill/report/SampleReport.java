package io.sparkdistill.report;

import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.ImageSize;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.config.TuningConfig.Metric;
import io.sparkdistill.evaluation.ClassMetrics;
import io.sparkdistill.evaluation.Comparison;
import io.sparkdistill.evaluation.Gallery;
import io.sparkdistill.evaluation.GalleryAnswer;
import io.sparkdistill.evaluation.GalleryRow;
import io.sparkdistill.evaluation.Interval;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.evaluation.PairedTest;
import io.sparkdistill.evaluation.ReliabilityBin;
import io.sparkdistill.evaluation.SliceMetrics;
import io.sparkdistill.evaluation.SliceModel;
import io.sparkdistill.evaluation.TemperatureScaling;
import io.sparkdistill.export.Factors;
import io.sparkdistill.export.Latency;
import io.sparkdistill.export.ModelSize;
import io.sparkdistill.export.Sizes;
import io.sparkdistill.tuning.TrialScore;
import io.sparkdistill.tuning.TuningReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A report with every section, of numbers as a run might give them. */
final class SampleReport {
  private static final int CLASSES = 10;
  private static final int SIDE = 28;
  private static final int ROUNDS = 705;
  private static final long TEST_ROWS = 10_000;

  private final Random random = new Random(7);
  private final UnaryOperator<String> text;

  /**
   * A sample.
   *
   * @param text what becomes of every text that comes from outside
   */
  SampleReport(UnaryOperator<String> text) {
    this.text = text;
  }

  static ReportData plain() {
    return new SampleReport(UnaryOperator.identity()).data();
  }

  ReportData data() {
    return new ReportData(
        metrics(),
        Optional.of(gallery()),
        Optional.of(new ImageSize(1, SIDE, SIDE)),
        rounds(),
        Optional.of(tuning()),
        Optional.of(sizes()),
        provenance());
  }

  private Metrics metrics() {
    Map<String, ModelMetrics> models = new LinkedHashMap<>();
    models.put("teacher", model(49, 0.0139, 0.0014, 216_170, 866_920, Optional.empty()));
    models.put("student", model(252, 0.0862, 0.0118, 269_322, 998_657, Optional.of(0.9763)));
    models.put("baseline", model(404, 0.1737, 0.0225, 269_322, 997_897, Optional.of(0.9601)));
    models.put("student-int8", model(255, 0.0871, 0.0121, 269_322, 275_000, Optional.of(0.9761)));
    return new Metrics(
        1,
        TEST_ROWS,
        models,
        0.4281690,
        Map.of(text.apply("first"), models.get("teacher")),
        new Interval(0.36, 0.49),
        List.of(
            new Comparison(
                "student",
                "baseline",
                9_512,
                236,
                84,
                168,
                0.0152,
                new Interval(0.0117, 0.0187),
                PairedTest.CHI_SQUARE,
                71.25,
                3.1e-17,
                4.4e-21,
                6.2e-18)),
        List.of(
            slice("loops", 3_960, 0.981),
            slice("thin strokes", 812, 0.948),
            slice("writer = 17", 41, 0.902)));
  }

  private ModelMetrics model(
      long errors, double nll, double ece, long parameters, long bytes, Optional<Double> agrees) {
    double accuracy = 1 - (double) errors / TEST_ROWS;
    List<List<Long>> confusion = confusion(errors);
    return new ModelMetrics(
        errors,
        accuracy,
        nll,
        ece,
        parameters,
        bytes,
        agrees.orElse(null),
        agrees.map(share -> 0.09).orElse(null),
        agrees.map(share -> 0.11).orElse(null),
        agrees.map(share -> 0.31).orElse(null),
        0.04,
        0.9991,
        accuracy,
        new Interval(errors - 30.0, errors + 31.0),
        new Interval(accuracy - 0.003, accuracy + 0.003),
        bins(ece),
        classes(confusion),
        confusion,
        new TemperatureScaling(
            1.19, 5000, 5000, nll, nll * 0.9, 0.04, 0.039, ece, ece / 3, bins(0)));
  }

  private List<List<Long>> confusion(long errors) {
    long[][] counts = new long[CLASSES][CLASSES];
    for (int label = 0; label < CLASSES; label++) {
      counts[label][label] = 980 + 7L * label;
    }
    for (int i = 0; i < errors; i++) {
      int label = random.nextInt(CLASSES);
      int named = random.nextInt(3) == 0 ? random.nextInt(CLASSES) : (label * 7 + 5) % CLASSES;
      counts[label][named == label ? (label + 1) % CLASSES : named]++;
    }
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : counts) {
      rows.add(IntStream.range(0, CLASSES).mapToObj(named -> row[named]).toList());
    }
    return rows;
  }

  private static List<ClassMetrics> classes(List<List<Long>> confusion) {
    List<ClassMetrics> classes = new ArrayList<>();
    for (int label = 0; label < CLASSES; label++) {
      double recall = confusion.get(label).get(label) / 1_000.0;
      classes.add(new ClassMetrics(label, 1_000, 990, recall, recall, recall));
    }
    return classes;
  }

  private static List<ReliabilityBin> bins(double ece) {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int i = 4; i < 15; i++) {
      double confidence = (i + 0.6) / 15;
      long rows = i == 14 ? 9_400 : 12 + 9L * i;
      double accuracy = Math.min(1, Math.max(0, confidence - 12 * ece * (1 - confidence)));
      bins.add(new ReliabilityBin(i / 15.0, (i + 1) / 15.0, rows, confidence, accuracy));
    }
    return bins;
  }

  private SliceMetrics slice(String name, long rows, double accuracy) {
    Map<String, SliceModel> models = new LinkedHashMap<>();
    double half = 1.5 / Math.sqrt((double) rows);
    for (String model : List.of("teacher", "student", "baseline")) {
      double own =
          accuracy - (model.equals("teacher") ? -0.014 : model.equals("student") ? 0 : 0.02);
      models.put(
          model,
          new SliceModel(
              Math.round(rows * (1 - own)),
              own,
              new Interval(own - half / 2, Math.min(1, own + half)),
              0.1,
              0.05,
              0.01,
              model.equals("teacher") ? null : 0.97,
              null));
    }
    return new SliceMetrics(text.apply(name), rows, models);
  }

  private Gallery gallery() {
    List<GalleryRow> rows = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      int label = random.nextInt(CLASSES);
      int other = (label + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
      rows.add(
          new GalleryRow(
              text.apply("test-" + random.nextInt(10_000)),
              label,
              7.3 / (i + 1),
              answer(i % 5 == 0 ? other : label, 0.98),
              answer(i % 5 == 0 ? label : other, 0.71),
              digit(label)));
    }
    return new Gallery(1, rows);
  }

  private static GalleryAnswer answer(int predicted, double probability) {
    return new GalleryAnswer(
        predicted,
        probability,
        List.of(new GalleryAnswer.ClassProbability(predicted, probability)));
  }

  /** A blot whose shape follows from the label. */
  private List<Float> digit(int label) {
    List<Float> features = new ArrayList<>();
    double turn = random.nextDouble();
    for (int i = 0; i < SIDE * SIDE; i++) {
      double x = i % SIDE - 13.5;
      int row = i / SIDE;
      double y = row - 13.5;
      double angle = Math.atan2(y, x) * (1 + label % 4) + turn;
      double ink = Math.exp(-Math.pow(Math.hypot(x, y) - 7 - 2 * Math.sin(angle), 2) / 3);
      features.add((float) ink);
    }
    return features;
  }

  private Map<String, Rounds> rounds() {
    Map<String, Rounds> rounds = new LinkedHashMap<>();
    rounds.put("student", curves(List.of("softLoss", "hardLoss", "softGradient", "hardGradient")));
    rounds.put("baseline", curves(List.of("heldOutLoss", "heldOutAccuracy")));
    return rounds;
  }

  private Rounds curves(List<String> names) {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    columns.put("round", IntStream.rangeClosed(1, ROUNDS).mapToObj(i -> (double) i).toList());
    columns.put("loss", curve(2.1, 0.04));
    double start = 1.8;
    for (String name : names) {
      columns.put(name, name.contains("Accuracy") ? curve(0.4, 0.97) : curve(start, start / 40));
      start /= 1.7;
    }
    columns.put(text.apply("other"), curve(0.5, 0.1));
    return new Rounds(columns);
  }

  private List<Double> curve(double from, double to) {
    return IntStream.range(0, ROUNDS)
        .mapToObj(i -> to + (from - to) * Math.exp(-i / 60.0) * (1 + 0.12 * random.nextGaussian()))
        .toList();
  }

  private TuningReport tuning() {
    List<TuningReport.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 27; i++) {
      TreeMap<String, String> values = new TreeMap<>();
      if (i != 4) {
        values.put("objective.temperature", List.of("1", "2", "4", "8", "20").get(i % 5));
        values.put(
            "objective.kind", List.of("hinton", "dkd", text.apply("dist"), "logits").get(i % 4));
        values.put(
            "training.updater.adam.learningRate",
            Double.toString((float) Math.exp(-7 + 3 * random.nextDouble())));
      }
      int rung = i < 3 || i == 4 ? 2 : i < 10 ? 1 : 0;
      long errors = 118 + 3L * i + random.nextInt(20);
      TrialScore score =
          i == 26
              ? TrialScore.diverged(1_000)
              : new TrialScore(1_000, errors, errors / 2_000.0, errors / 2_500.0, 269_322);
      entries.add(
          new TuningReport.Entry(
              i == 4 ? 1 : i + 2, values, 5 * (int) Math.pow(3, rung), rung, score));
    }
    return new TuningReport(1, Metric.ERRORS, 1_000, entries);
  }

  private Sizes sizes() {
    return new Sizes(
        1,
        text.apply("Some Processor 9000"),
        text.apply("1.28.0"),
        List.of(size(text.apply("teacher"), 866_920, Optional.of(3_870_000L), 171.5)),
        List.of(
            size("student", 1_078_000, Optional.of(269_000L), 18.2),
            size("student-int8", 275_000, Optional.empty(), 11.9)),
        List.of(
            new Factors("student", 0.804, 14.4, List.of(9.4, 11.2)),
            new Factors("student-int8", 3.15, null, List.of(14.4, 20.1))));
  }

  private static ModelSize size(
      String name, long bytes, Optional<Long> multiplyAdds, double micros) {
    return new ModelSize(
        name,
        null,
        bytes,
        bytes / 4,
        multiplyAdds.orElse(null),
        List.of(
            new Latency(1, micros, micros * 1.7, 1000),
            new Latency(256, 90 * micros, 99 * micros, 90)),
        null);
  }

  private Provenance provenance() {
    String digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    return new Provenance(
        List.of(
            new Provenance.Facts(
                "Teacher",
                List.of(
                    new Provenance.Fact(
                        "read from", text.apply("src/examples/teacher/mnist-cnn.onnx")),
                    new Provenance.Fact("file", digest),
                    new Provenance.Fact("parameters", "216170"))),
            new Provenance.Facts(
                text.apply("Training rows"),
                List.of(
                    new Provenance.Fact("read from", "src/examples/digits/train"),
                    new Provenance.Fact(text.apply("rows"), "10000"))),
            new Provenance.Facts(
                "Student",
                List.of(
                    new Provenance.Fact("student.zip", digest),
                    new Provenance.Fact("seed", "1"),
                    new Provenance.Fact("workers", "2")))),
        Optional.of(
            new Recipe(
                text.apply("conf/quickstart.conf"),
                List.of(text.apply("objective.temperature=2")),
                Optional.of(text.apply("assistant")),
                List.of(
                    new EffectiveValue("dataset.classes", "10", "conf/quickstart.conf:12"),
                    new EffectiveValue(
                        text.apply("dataset.features"),
                        text.apply("\"pixels\""),
                        text.apply("file")),
                    new EffectiveValue("training.seed", "1", "default")))));
  }
}
