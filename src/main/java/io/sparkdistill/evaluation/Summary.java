package io.sparkdistill.evaluation;

import io.sparkdistill.config.BootstrapConfig;
import io.sparkdistill.examples.SliceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes metrics of what one pass has added up. Knows no Spark. */
final class Summary {
  private static final int TEACHER = 0;
  private static final int STUDENT = 1;

  private final EvaluationTally tally;
  private final List<ModelSize> sizes;
  private final Optional<ModelSize> teacher;
  private final BootstrapConfig bootstrap;
  private final Bootstrap draws;

  /**
   * Computes nothing but draws yet.
   *
   * @param tally of a teacher and the models
   * @param teacher empty where there is none; what the tally says of it is then worth nothing
   * @param sizes of the models behind the teacher, the student first
   * @param bootstrap how often rows are drawn
   */
  Summary(
      EvaluationTally tally,
      Optional<ModelSize> teacher,
      List<ModelSize> sizes,
      BootstrapConfig bootstrap) {
    this.tally = tally;
    this.teacher = teacher;
    this.sizes = List.copyOf(sizes);
    this.bootstrap = bootstrap;
    this.draws = Bootstrap.of(tally.outcomes(), bootstrap);
  }

  /**
   * All of it.
   *
   * @param filters slices that are told of though they may have no rows
   */
  Metrics metrics(List<SliceKey> filters) {
    Map<String, ModelMetrics> models = new LinkedHashMap<>();
    teacher.ifPresent(size -> models.put(size.name(), alone(size)));
    for (int i = 0; i < sizes.size(); i++) {
      models.put(sizes.get(i).name(), model(STUDENT + i, sizes.get(i), teacher));
    }
    return Metrics.of(
        tally.models().get(TEACHER).rows(),
        models,
        gapClosureInterval(),
        comparisons(),
        slices(filters));
  }

  /** What the model in the teacher's place is worth by the labels. */
  ModelMetrics alone(ModelSize size) {
    return model(TEACHER, size, Optional.empty());
  }

  private ModelMetrics model(int place, ModelSize size, Optional<ModelSize> comparedWith) {
    boolean taught = comparedWith.isPresent();
    ModelTally sums = tally.models().get(place);
    List<ClassMetrics> classes =
        tally.classes().stream().skip(place).limit(1).flatMap(c -> c.metrics().stream()).toList();
    Optional<Interval> errors = draws.interval(counts -> wrong(counts, place));
    return new ModelMetrics(
        sums.errors(),
        sums.accuracy(),
        sums.nll(),
        sums.ece(),
        size.parameters(),
        size.bytes(),
        taught ? sums.agreement() : null,
        taught ? sums.klToTeacher() : null,
        taught ? sums.reverseKlToTeacher() : null,
        taught && sums.teacherErrs() ? sums.agreementOnTeacherErrors() : null,
        sums.brier(),
        sums.areManyClasses() ? sums.top5Accuracy() : null,
        macroF1(classes),
        errors.orElse(null),
        errors.map(interval -> accuracy(interval, sums.rows())).orElse(null),
        sums.bins(),
        classes,
        tally.classes().isEmpty() ? List.of() : tally.classes().get(place).matrix(),
        tally.temperatures().isEmpty()
            ? null
            : tally.temperatures().get(place).scaling().orElse(null));
  }

  private static Double macroF1(List<ClassMetrics> classes) {
    return classes.isEmpty() ? null : ModelMetrics.rounded(ClassTally.macroF1(classes).orElse(0));
  }

  /** Of a number of errors. */
  private static Interval accuracy(Interval errors, long rows) {
    return new Interval(
        ModelMetrics.rounded(1 - errors.high() / rows),
        ModelMetrics.rounded(1 - errors.low() / rows));
  }

  /** The student with the others, in their order. */
  private List<Comparison> comparisons() {
    List<Comparison> comparisons = new ArrayList<>();
    if (sizes.isEmpty()) {
      return comparisons;
    }
    teacher.ifPresent(size -> comparisons.add(comparison(size.name(), TEACHER)));
    for (int i = 1; i < sizes.size(); i++) {
      comparisons.add(comparison(sizes.get(i).name(), STUDENT + i));
    }
    return comparisons;
  }

  private Comparison comparison(String name, int other) {
    long[] counts = tally.outcomes();
    long rows = tally.models().get(TEACHER).rows();
    long onlyStudent = apart(counts, STUDENT, other);
    long onlyOther = apart(counts, other, STUDENT);
    long bothWrong = (long) wrong(counts, STUDENT) - onlyOther;
    McNemar test = McNemar.of(onlyStudent, onlyOther);
    return new Comparison(
        sizes.get(0).name(),
        name,
        rows - onlyStudent - onlyOther - bothWrong,
        onlyStudent,
        onlyOther,
        bothWrong,
        ModelMetrics.rounded((double) (onlyStudent - onlyOther) / rows),
        draws.interval(drawn -> (wrong(drawn, other) - wrong(drawn, STUDENT)) / rows).orElse(null),
        test.test(),
        test.statistic(),
        test.pValue(),
        tally.nll().get(other).pValue(),
        teacher.isPresent() && other != TEACHER ? tally.kl().get(other).pValue() : null);
  }

  /** Where the baseline is no worse than the teacher in a draw, there is no gap to close. */
  private Interval gapClosureInterval() {
    int baseline = STUDENT + sizes.stream().map(ModelSize::name).toList().indexOf(Metrics.BASELINE);
    if (teacher.isEmpty() || baseline < STUDENT) {
      return null;
    }
    return draws
        .interval(
            counts -> {
              double gap = wrong(counts, baseline) - wrong(counts, TEACHER);
              double closed = wrong(counts, baseline) - wrong(counts, STUDENT);
              return gap > 0 ? closed / gap : Double.NaN;
            })
        .orElse(null);
  }

  private List<SliceMetrics> slices(List<SliceKey> filters) {
    Map<SliceKey, List<ModelTally>> all = new TreeMap<>();
    filters.forEach(filter -> all.put(filter, List.of()));
    all.putAll(tally.slices());
    return all.entrySet().stream()
        .map(slice -> slice(slice.getKey().name(), slice.getValue()))
        .toList();
  }

  private SliceMetrics slice(String name, List<ModelTally> tallies) {
    Map<String, SliceModel> models = new LinkedHashMap<>();
    if (tallies.isEmpty()) {
      return new SliceMetrics(name, 0, models);
    }
    teacher.ifPresent(
        size -> models.put(size.name(), sliced(tallies.get(TEACHER), Optional.empty())));
    for (int i = 0; i < sizes.size(); i++) {
      models.put(sizes.get(i).name(), sliced(tallies.get(STUDENT + i), teacher));
    }
    return new SliceMetrics(name, tallies.get(0).rows(), models);
  }

  private SliceModel sliced(ModelTally sums, Optional<ModelSize> comparedWith) {
    boolean taught = comparedWith.isPresent();
    long[] counts = {sums.errors(), sums.rows() - sums.errors()};
    return new SliceModel(
        sums.errors(),
        sums.accuracy(),
        Bootstrap.of(counts, bootstrap)
            .interval(drawn -> 1 - (double) drawn[0] / sums.rows())
            .orElse(null),
        sums.nll(),
        sums.brier(),
        sums.ece(),
        taught ? sums.agreement() : null,
        taught ? sums.klToTeacher() : null);
  }

  /** Rows of which a model does not name the label. */
  private static double wrong(long[] counts, int model) {
    long rows = 0;
    for (int i = 0; i < counts.length; i++) {
      rows += ((i >> model) & 1) == 0 ? counts[i] : 0;
    }
    return rows;
  }

  /** Rows of which one model names the label and another one does not. */
  private static long apart(long[] counts, int right, int wrong) {
    long rows = 0;
    for (int i = 0; i < counts.length; i++) {
      rows += ((i >> right) & 1) == 1 && ((i >> wrong) & 1) == 0 ? counts[i] : 0;
    }
    return rows;
  }
}
