package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.evaluation.Evaluation;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.pipeline.run.Inputs;
import io.sparkdistill.softtargets.AnswerJoin;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.teacher.Combination;
import io.sparkdistill.training.rows.TeacherChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.spark.api.java.JavaRDD;

/** What all teachers say of one part of the data set: to those who read it, one teacher. */
public final class Targets {
  private final String name;
  private final List<Member> members;
  private final Combination combination;
  private final Map<String, String> rule;

  /**
   * A teacher among others.
   *
   * @param name for people, and in {@code metrics.json}
   * @param stage of its cache
   * @param shown whether it sees what the student sees
   * @param weight among the others
   */
  record Member(String name, TargetsStage stage, boolean shown, double weight) {}

  /**
   * One version of each cache.
   *
   * @param manifests in the order of the teachers
   */
  public record Versions(List<Manifest> manifests) {
    /**
     * Adds what each manifest says.
     *
     * @param number of one manifest
     * @return the sum over all teachers
     */
    public long sum(ToLongFunction<Manifest> number) {
      return manifests.stream().mapToLong(number).sum();
    }
  }

  /**
   * Reads nothing yet.
   *
   * @param name that they have among the inputs of what is made of them
   * @param members at least one, one of them shown
   * @param combination of several
   * @param rule what decides the combination, beside the answers
   */
  Targets(String name, List<Member> members, Combination combination, Map<String, String> rule) {
    this.name = name;
    this.members = List.copyOf(members);
    this.combination = combination;
    this.rule = Map.copyOf(rule);
  }

  /**
   * The stages that label.
   *
   * @return one a teacher, in their order
   */
  public List<TargetsStage> stages() {
    return members.stream().map(Member::stage).toList();
  }

  /**
   * What teachers are called.
   *
   * @return in their order
   */
  public List<String> names() {
    return members.stream().map(Member::name).toList();
  }

  /**
   * Whether there are several teachers.
   *
   * @return false where one teaches, and where nobody does
   */
  public boolean areSeveral() {
    return members.size() > 1;
  }

  /**
   * Whether every teacher has answered.
   *
   * @return true where the newest version of each cache is of this configuration
   */
  public boolean arePublished() {
    return stages().stream().allMatch(TargetsStage::isPublished);
  }

  /**
   * What is published, after a look whether it belongs to this configuration and together.
   *
   * @return the newest version of each cache
   * @throws io.sparkdistill.failure.BadInputException if one has none
   * @throws IntegrityException if one is of another configuration, or they are of other rows
   */
  public Versions published() {
    Versions versions = new Versions(stages().stream().map(TargetsStage::published).toList());
    for (int k = 1; k < members.size(); k++) {
      refuseOtherRows(versions, k);
    }
    return versions;
  }

  /** Rows of teachers that see the same columns have the same digest. Others are joined anyway. */
  private void refuseOtherRows(Versions versions, int other) {
    Manifest first = versions.manifests().get(0);
    Manifest second = versions.manifests().get(other);
    Optional<String> difference =
        TargetsStage.columns(first).equals(TargetsStage.columns(second))
            ? Inputs.difference(TargetsStage.rowsOf(first), TargetsStage.rowsOf(second))
            : Optional.empty();
    if (difference.isPresent()) {
      throw new IntegrityException(
          "Cannot combine the soft targets of teachers '"
              + members.get(0).name()
              + "' and '"
              + members.get(other).name()
              + "', they are of other rows, with the former there and the latter here: "
              + difference.get()
              + ". Run label; correct what one of them has set aside.");
    }
  }

  /**
   * What decides a result that was made from them. Of a teacher that is alone, what it was.
   *
   * @param versions that are read
   * @return inputs for a manifest
   */
  public Map<String, String> inputs(Versions versions) {
    return inputs(name, versions);
  }

  private Map<String, String> inputs(String stage, Versions versions) {
    if (!areSeveral()) {
      return Map.of(stage + ".sha256", TargetsStage.content(versions.manifests().get(0)));
    }
    Map<String, String> inputs = new TreeMap<>(rule);
    if (members.stream().anyMatch(member -> !member.shown())) {
      inputs.put("ensemble.shown", members.get(shown()).name());
    }
    if (combination.isOrdered()) {
      inputs.put("ensemble.order", String.join(", ", names()));
    }
    for (int k = 0; k < members.size(); k++) {
      inputs.put(
          stage + "-" + members.get(k).name() + ".sha256",
          TargetsStage.content(versions.manifests().get(k)));
    }
    return inputs;
  }

  /**
   * What decides how far a student is from them, also one that asks none of them.
   *
   * @param versions that are read
   * @return inputs for a manifest
   */
  public Map<String, String> inputsOfJudges(Versions versions) {
    // The digest of one that is alone covers its answers, and is among the inputs of labels, too.
    return areSeveral() ? inputs("judged-by", versions) : Map.of();
  }

  /**
   * What decides a result that was made from their rows and labels alone.
   *
   * @param versions that are read
   * @return inputs for a manifest
   */
  public Map<String, String> inputsOfLabels(Versions versions) {
    return areSeveral() ? TargetsStage.rowsOf(versions.manifests().get(shown())) : inputs(versions);
  }

  /**
   * What the cache says that has the student's rows.
   *
   * @param versions that are read
   * @return that of the teacher who is shown what the student is shown
   */
  public Manifest ofShown(Versions versions) {
    return versions.manifests().get(shown());
  }

  /**
   * The width of the student's rows.
   *
   * @param versions that are read
   * @return numbers in the features of a row
   */
  public int width(Versions versions) {
    return TargetsStage.width(versions.manifests().get(shown()));
  }

  /**
   * The widths of the rows that teachers see.
   *
   * @return numbers in the features of a row for each teacher, in their order
   */
  public List<Integer> widths() {
    return published().manifests().stream().map(TargetsStage::width).toList();
  }

  /**
   * Reads while nobody prunes the versions.
   *
   * @param <T> what is read
   * @param versions that are read
   * @param reader named to whoever would prune them
   * @param reading while they are held
   * @return what was read
   */
  public <T> T held(Versions versions, String reader, Supplier<T> reading) {
    Supplier<T> held = reading;
    for (int k = 0; k < members.size(); k++) {
      held = holding(members.get(k).stage(), versions.manifests().get(k), reader, held);
    }
    return held.get();
  }

  private static <T> Supplier<T> holding(
      TargetsStage stage, Manifest manifest, String reader, Supplier<T> reading) {
    return () -> stage.held(manifest, reader, reading);
  }

  /**
   * The student's rows with the answers of all teachers.
   *
   * @param versions that are read
   * @return without the teachers' inner tensors
   */
  public JavaRDD<SoftTarget> rows(Versions versions) {
    return rows(versions, Set.of());
  }

  /**
   * The student's rows with the answers and inner tensors of all teachers.
   *
   * @param versions that are read
   * @param tensors by the names of the teachers' outputs
   * @return each with as many tensors as {@link #tensors} names
   */
  public JavaRDD<SoftTarget> rows(Versions versions, Set<String> tensors) {
    if (!areSeveral()) {
      return stages().get(0).rows(versions.manifests().get(0), tensors);
    }
    List<JavaRDD<SoftTarget>> answers = new ArrayList<>();
    for (int k = 0; k < members.size(); k++) {
      TargetsStage stage = members.get(k).stage();
      Manifest manifest = versions.manifests().get(k);
      answers.add(k == shown() ? stage.rows(manifest, tensors) : stage.answers(manifest, tensors));
    }
    return new AnswerJoin(names(), shown(), combination).join(answers);
  }

  /**
   * Which tensors rows have.
   *
   * @param asked names of outputs
   * @return those of them that there are, in the order in which rows have them
   */
  public List<String> tensors(Set<String> asked) {
    return stages().stream().flatMap(stage -> stage.tensors(asked).stream()).toList();
  }

  /**
   * Who of them is heard about each of {@link #rows}, where that is drawn in each step.
   *
   * @param seed of the draws
   * @return by row and step
   */
  public TeacherChoice choice(long seed) {
    return areSeveral() && combination instanceof Combination.SideBySide
        ? new TeacherChoice(members.stream().map(Member::weight).toList(), seed)
        : TeacherChoice.none();
  }

  /**
   * The student's rows with the answer of one of them, for those who ask no teacher.
   *
   * @param versions that are read
   * @return the rows of the first
   */
  public JavaRDD<SoftTarget> labels(Versions versions) {
    return stages().get(shown()).rows(versions.manifests().get(shown()));
  }

  /**
   * What each of several teachers is worth alone.
   *
   * @param versions that are read
   * @param evaluation that judges
   * @return by name, in their order; empty where one teaches
   */
  public Map<String, ModelMetrics> judged(Versions versions, Evaluation evaluation) {
    Map<String, ModelMetrics> judged = new LinkedHashMap<>();
    for (int k = 0; areSeveral() && k < members.size(); k++) {
      Manifest manifest = versions.manifests().get(k);
      judged.put(
          members.get(k).name(),
          evaluation.alone(
              members.get(k).stage().answers(manifest),
              TargetsStage.teacherParameters(manifest),
              TargetsStage.teacherBytes(manifest)));
    }
    return judged;
  }

  private int shown() {
    return members.stream().map(Member::shown).toList().indexOf(true);
  }
}
