package io.sparkdistill.release;

import io.sparkdistill.config.ReleaseConfig;
import io.sparkdistill.evaluation.Interval;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.evaluation.ReliabilityBin;
import io.sparkdistill.evaluation.SliceMetrics;
import io.sparkdistill.evaluation.SliceModel;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.text.MarkdownText;
import io.sparkdistill.text.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is known of a student, for those who think of using it (Mitchell and others, "Model Cards
 * for Model Reporting", 2019). It says what manifests, metrics and configuration say and nothing
 * else; what nobody has stated is said not to be stated. The same facts give the same text.
 *
 * @param config what was stated of licence and use, and the rule
 * @param student how the student was published
 * @param teachers the soft targets that it learned from, one for each teacher
 * @param trained those of the teacher who saw the training rows as the student did
 * @param tested those of the same teacher that it was judged by
 * @param metrics of the evaluation
 * @param decision why it was released
 * @param software versions, by name
 */
public record ModelCard(
    ReleaseConfig config,
    Manifest student,
    List<Manifest> teachers,
    Manifest trained,
    Manifest tested,
    Metrics metrics,
    Decision decision,
    SortedMap<String, String> software) {
  /** The file's name. */
  public static final String NAME = "model-card.md";

  private static final String ZIP = "student.zip";
  private static final String NONE = "–";

  /** Copies the list. */
  public ModelCard {
    teachers = List.copyOf(teachers);
  }

  /**
   * The document.
   *
   * @return Markdown in UTF-8
   * @throws io.sparkdistill.failure.IntegrityException if a manifest lacks what the card says of it
   */
  public byte[] toMarkdown() {
    Markdown card = new Markdown().heading(1, "Model card");
    card.paragraph(
        "Every value below comes from a manifest, from `metrics.json` or from the configuration.");
    card.heading(2, "Intended use");
    stated(card, config.intendedUse().orElse(""), "release.intendedUse");
    config.licence().ifPresent(words -> card.heading(2, "Licence").quotation(words));
    student(card);
    card.heading(2, teachers.size() == 1 ? "Teacher" : "Teachers");
    teachers.forEach(targets -> card.values(teacher(targets)));
    data(card);
    metrics(card);
    slices(card);
    decision(card);
    reproduction(card);
    return card.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void stated(Markdown card, String words, String key) {
    if (words.isBlank()) {
      card.paragraph("Not stated: `" + key + "` is not set.");
    } else {
      card.quotation(words);
    }
  }

  private void student(Markdown card) {
    card.heading(2, "Student")
        .paragraph(
            "`student.zip` is a Deeplearning4j network; its outputs are the probabilities of the"
                + " classes.");
    Map<String, String> values = new LinkedHashMap<>();
    input(values, "layers", "student.hidden");
    input(values, "activation", "student.activation");
    input(values, "SHA-256 of the file with its layers", "student.model.sha256");
    values.put("parameters", Numbers.count(student.number("parameters")));
    values.put("bytes", Numbers.count(student.file(ZIP).bytes()));
    values.put("SHA-256", student.file(ZIP).sha256());
    card.values(values);
  }

  /** Of what a student is made follows from whether its layers were configured or given. */
  private void input(Map<String, String> values, String name, String key) {
    if (student.inputs().containsKey(key)) {
      values.put(name, student.inputs().get(key));
    }
  }

  private static Map<String, String> teacher(Manifest targets) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("place", Secrets.mask(targets.fact("teacher.place")));
    targets.inputs().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("teacher."))
        .forEach(entry -> values.put(name(entry.getKey()), entry.getValue()));
    values.put("parameters", Numbers.count(targets.number("teacher.parameters")));
    values.put("bytes", Numbers.count(targets.number("teacher.bytes")));
    if (targets.facts().containsKey("teacher.errors")) {
      values.put(
          "training labels it disagrees with", Numbers.count(targets.number("teacher.errors")));
    }
    values.put("codec of its answers", targets.input("codec"));
    values.put("views of a row", targets.input("views"));
    return values;
  }

  private static String name(String key) {
    String name = key.substring("teacher.".length());
    return name.equals("sha256") ? "SHA-256" : name;
  }

  private void data(Markdown card) {
    card.heading(2, "Data");
    List<List<String>> rows = new ArrayList<>();
    row(rows, "source", "examples.source");
    row(rows, "columns of id, features, label", "examples.columns");
    row(rows, "classes", "classes");
    row(rows, "digest of the rows", "examples.sha256");
    fact(rows, "answered rows, views counted", "rows");
    fact(rows, "bad rows set aside", "badRows");
    fact(rows, "features of a row", "examples.width");
    card.table(List.of("", "training", "test"), rows);
  }

  private void row(List<List<String>> rows, String name, String input) {
    rows.add(
        List.of(
            name,
            MarkdownText.code(Secrets.mask(trained.input(input))),
            MarkdownText.code(Secrets.mask(tested.input(input)))));
  }

  private void fact(List<List<String>> rows, String name, String fact) {
    rows.add(
        List.of(name, Numbers.count(trained.number(fact)), Numbers.count(tested.number(fact))));
  }

  private void metrics(Markdown card) {
    card.heading(2, "Metrics")
        .paragraph(
            "On "
                + Numbers.count(metrics.testRows())
                + " test rows. The interval is that of the bootstrap at 95%, where one was drawn.");
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> calibration = new ArrayList<>();
    metrics
        .models()
        .forEach(
            (name, model) -> {
              rows.add(row(name, model));
              calibration.add(
                  List.of(name, Numbers.decimal(model.ece()), Numbers.decimal(model.nll())));
            });
    card.table(
        List.of(
            "", "errors", "accuracy", "95%", "agreement", "KL to teacher", "parameters", "bytes"),
        rows);
    card.heading(2, "Calibration")
        .paragraph(
            "Expected calibration error, 15 bins of equal width, and mean negative log-likelihood"
                + " of the labels in nats. Less is better.")
        .table(List.of("", "ECE", "NLL"), calibration);
    ModelMetrics model = metrics.models().get(Metrics.STUDENT);
    if (!model.reliability().isEmpty()) {
      card.paragraph("How often the student is right where it finds its class so probable:")
          .table(
              List.of("probability", "rows", "mean probability", "accuracy"),
              model.reliability().stream().map(ModelCard::row).toList());
    }
  }

  private static List<String> row(ReliabilityBin bin) {
    return List.of(
        String.format(Locale.ROOT, "%.3f to %.3f", bin.from(), bin.to()),
        Numbers.count(bin.rows()),
        Numbers.decimal(bin.confidence()),
        Numbers.percent(bin.accuracy()));
  }

  private void slices(Markdown card) {
    if (metrics.slices().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (SliceMetrics slice : metrics.slices()) {
      Optional<SliceModel> model = Optional.ofNullable(slice.models().get(Metrics.STUDENT));
      rows.add(
          List.of(
              MarkdownText.code(slice.name()),
              Numbers.count(slice.rows()),
              model.map(part -> Numbers.count(part.errors())).orElse(NONE),
              model.map(part -> Numbers.percent(part.accuracy())).orElse(NONE),
              interval(model.map(SliceModel::accuracyInterval))));
    }
    card.heading(2, "Parts of the test set")
        .paragraph("Of the student. Parts may overlap.")
        .table(List.of("part", "rows", "errors", "accuracy", "95%"), rows);
  }

  private static String interval(Optional<Interval> of) {
    return of.map(interval -> Numbers.range(interval.low(), interval.high(), Numbers::percent))
        .orElse(NONE);
  }

  private List<String> row(String name, ModelMetrics model) {
    return List.of(
        name,
        Numbers.count(model.errors()),
        Numbers.percent(model.accuracy()),
        interval(Optional.ofNullable(model.accuracyInterval())),
        model.agreementWithTeacher() == null ? NONE : Numbers.percent(model.agreementWithTeacher()),
        model.klToTeacher() == null ? NONE : Numbers.decimal(model.klToTeacher()),
        Numbers.count(model.parameters()),
        Numbers.count(model.bytes()));
  }

  private void decision(Markdown card) {
    card.heading(2, "Why it was released")
        .paragraph(new ReleaseRule(config).sentence() + " Here: " + decision.why() + ".");
    if (decision.testRows() > 0) {
      List<List<String>> rows = new ArrayList<>();
      decision
          .student()
          .forEach(
              (metric, value) ->
                  rows.add(
                      List.of(
                          metric,
                          digits(value),
                          digits(decision.incumbent().get(metric)),
                          decision.pValues().containsKey(metric)
                              ? String.format(Locale.ROOT, "%.3g", decision.pValues().get(metric))
                              : NONE)));
      card.table(
          List.of("", "this student", "version " + decision.incumbentVersion(), "p-value"), rows);
    }
  }

  private void reproduction(Markdown card) {
    Map<String, String> values = new LinkedHashMap<>(student.inputs());
    values.put("workers that there were", student.fact("workers"));
    values.putAll(software);
    card.heading(2, "How to make it again")
        .paragraph(
            "`jobs/distill run CONF`, with the data and teacher above and a configuration in which"
                + " these values stand. Where training is repeatable, it gives the same bytes, on"
                + " processors that run the same build of ND4J's library.")
        .values(values);
  }

  private static String digits(double value) {
    return value == Math.rint(value) && Math.abs(value) >= 1
        ? Numbers.count((long) value)
        : Numbers.decimal(value);
  }
}
