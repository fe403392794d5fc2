package io.sparkdistill.evaluation;

import io.sparkdistill.examples.SliceKey;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.storage.PublishedFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All that one pass finds out about some models, the teacher first, then the student; tallies of
 * parts add up to that of the whole. Not thread-safe.
 */
final class EvaluationTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_SLICES = 1000;
  private static final int TEACHER = 0;
  private static final int STUDENT = 1;

  private final ArrayList<ModelTally> models;
  private final ArrayList<ClassTally> classes;
  private final ArrayList<TemperatureTally> temperatures;
  private final long[] outcomes;
  private final ArrayList<PairedDifference> nll;
  private final ArrayList<PairedDifference> kl;
  private final TreeMap<SliceKey, List<ModelTally>> slices = new TreeMap<>();
  private final ArrayList<PublishedFile> files = new ArrayList<>();
  private final GalleryTally gallery;

  /**
   * Of no rows.
   *
   * @param count of the models, at least 1
   */
  EvaluationTally(int count, JudgePlan plan) {
    this.models = new ArrayList<>(each(count, ModelTally::new));
    this.classes = new ArrayList<>(each(plan.details() ? count : 0, ClassTally::new));
    this.temperatures =
        new ArrayList<>(each(plan.temperatures() ? count : 0, TemperatureTally::new));
    this.outcomes = new long[1 << count];
    this.nll = new ArrayList<>(each(count, PairedDifference::new));
    this.kl = new ArrayList<>(each(count, PairedDifference::new));
    this.gallery = new GalleryTally(plan.gallery());
  }

  private static <T> List<T> each(int count, Supplier<T> made) {
    return Stream.generate(made).limit(count).toList();
  }

  void add(TestRow row, List<Answer> answers) {
    int label = row.target().label();
    addTo(models, answers, label);
    row.slices().forEach(slice -> addTo(slice(slice), answers, label));
    int outcome = 0;
    for (int i = 0; i < answers.size(); i++) {
      outcome |= answers.get(i).predicted() == label ? 1 << i : 0;
    }
    outcomes[outcome]++;
    if (answers.size() > STUDENT) {
      pair(answers, label);
    }
    for (int i = 0; i < classes.size(); i++) {
      classes.get(i).add(answers.get(i), label);
    }
    for (int i = 0; i < temperatures.size(); i++) {
      temperatures.get(i).add(answers.get(i), row.target());
    }
    if (answers.size() > STUDENT) {
      gallery.add(row.target(), answers.get(TEACHER), answers.get(STUDENT));
    }
  }

  private void pair(List<Answer> answers, int label) {
    double[] teacher = answers.get(TEACHER).logP();
    double[] student = answers.get(STUDENT).logP();
    double divergence = Distributions.kl(teacher, student);
    for (int i = 0; i < answers.size(); i++) {
      double[] other = answers.get(i).logP();
      nll.get(i).add(other[label] - student[label]);
      kl.get(i).add(divergence - Distributions.kl(teacher, other));
    }
  }

  /** A file of predictions that was written on the way. */
  void add(PublishedFile file) {
    files.add(file);
  }

  void addAll(EvaluationTally other) {
    addEach(models, other.models);
    other.slices.forEach((slice, tallies) -> addEach(slice(slice), tallies));
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] += other.outcomes[i];
    }
    for (int i = 0; i < nll.size(); i++) {
      nll.get(i).addAll(other.nll.get(i));
      kl.get(i).addAll(other.kl.get(i));
    }
    for (int i = 0; i < classes.size(); i++) {
      classes.get(i).addAll(other.classes.get(i));
    }
    for (int i = 0; i < temperatures.size(); i++) {
      temperatures.get(i).addAll(other.temperatures.get(i));
    }
    gallery.addAll(other.gallery);
    files.addAll(other.files);
  }

  List<ModelTally> models() {
    return models;
  }

  /** Of each model; empty where nobody asked. */
  List<ClassTally> classes() {
    return classes;
  }

  /** Of each model; empty where nobody asked. */
  List<TemperatureTally> temperatures() {
    return temperatures;
  }

  /** Rows by which models are right: bit i of a place is model i. */
  long[] outcomes() {
    return outcomes.clone();
  }

  /** By how much the student's negative log-likelihood is above that of each model. */
  List<PairedDifference> nll() {
    return nll;
  }

  /** By how much the student's divergence from the teacher is above that of each model. */
  List<PairedDifference> kl() {
    return kl;
  }

  /** Tallies of each model on the slices that have rows. */
  SortedMap<SliceKey, List<ModelTally>> slices() {
    return slices;
  }

  List<GalleryRow> gallery() {
    return gallery.rows();
  }

  List<PublishedFile> files() {
    return files;
  }

  private static void addTo(List<ModelTally> tallies, List<Answer> answers, int label) {
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).add(answers.get(i), answers.get(TEACHER), label);
    }
  }

  private static void addEach(List<ModelTally> sum, List<ModelTally> part) {
    for (int i = 0; i < sum.size(); i++) {
      sum.get(i).addAll(part.get(i));
    }
  }

  private List<ModelTally> slice(SliceKey slice) {
    List<ModelTally> tallies =
        slices.computeIfAbsent(slice, key -> each(models.size(), ModelTally::new));
    if (slices.size() > MOST_SLICES) {
      throw new BadInputException(
          "Cannot judge slices of the test set, there are more than "
              + MOST_SLICES
              + ", one of them: "
              + slice.name()
              + ". Take columns with many values out of evaluation.sliceBy.");
    }
    return tallies;
  }
}
