package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import io.sparkdistill.config.HeadConfig;
import io.sparkdistill.failure.Secrets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the heads of a student that has several. */
final class HeadsReader {
  private static final String HEADS = "heads";
  private static final String WEIGHT = "weight";
  private static final String OUTPUT = "output";
  private static final String CHAIN = "chain";
  private static final String PUBLISH_TO = "release.publishTo";
  private static final String INCUMBENT = "evaluation.incumbent";

  /** What all heads have in common: they are one student of one training on the same inputs. */
  private static final List<String> OF_THE_WHOLE =
      List.of(
          CHAIN,
          "dataset.features",
          "evaluation.baseline",
          HEADS,
          OUTPUT,
          "softTargets.augmentation",
          "softTargets.views",
          "student",
          "training",
          "tuning");

  /** What a student can have only once. */
  private static final List<String> OF_A_HEAD = List.of(PUBLISH_TO, INCUMBENT);

  private final Config given;
  private final String file;
  private final List<String> settings;
  private final Parts heads;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A reader.
   *
   * @param given the resolved block, without the defaults
   * @param file what messages call it
   * @param settings that were put over it, without credentials
   */
  HeadsReader(Config given, String file, List<String> settings) {
    this.given = given;
    this.file = file;
    this.settings = settings;
    this.heads = new Parts(given, HEADS, OF_THE_WHOLE);
  }

  /** Whether there are any; then none but they are looked at. */
  boolean areGiven() {
    return heads.areGiven();
  }

  List<Problem> problems() {
    return problems.stream().distinct().toList();
  }

  /** All heads, in order, up to one that is no block; worth nothing where there are problems. */
  List<HeadConfig> read() {
    checkWhole();
    problems.addAll(heads.problems("head", "digit"));
    List<HeadConfig> read = new ArrayList<>();
    List<List<Problem>> found = new ArrayList<>();
    for (Part head : heads.all()) {
      CheckedConfig checked = ConfigLoader.check(block(head), file);
      List<Problem> ofTheHead = new ArrayList<>(checked.problems());
      new HeadCheck(checked).addTo(ofTheHead);
      found.add(ofTheHead);
      read.add(
          new HeadConfig(
              head.name(),
              weight(head),
              checked.config(),
              checked.recipe(settings, Optional.empty())));
    }
    sort(found);
    refuseOnePlace(read);
    return read;
  }

  private void refuseOnePlace(List<HeadConfig> read) {
    Set<String> places = new HashSet<>();
    for (int i = 0; i < read.size(); i++) {
      Optional<String> place = read.get(i).config().release().publishTo();
      if (place.filter(again -> !places.add(ReleaseReader.slashless(again))).isPresent()) {
        problems.add(
            heads
                .all()
                .get(i)
                .problem(
                    PUBLISH_TO,
                    "expected another place than that of another head, found '"
                        + Secrets.mask(place.get())
                        + "'"));
      }
    }
  }

  /** What is wrong in a value that all heads share is said once. */
  private void sort(List<List<Problem>> found) {
    for (int i = 0; i < found.size(); i++) {
      for (Problem problem : found.get(i)) {
        boolean shared =
            found.stream().allMatch(others -> others.stream().anyMatch(problem::equals));
        problems.add(shared ? problem : heads.all().get(i).below(problem));
      }
    }
  }

  private void checkWhole() {
    ConfigFields fields = new ConfigFields(given.withFallback(ConfigLoader.reference()), file);
    fields.text(OUTPUT);
    if (fields.list(CHAIN).filter(links -> !links.isEmpty()).isPresent()) {
      fields.problem(CHAIN, "expected none, because there are heads");
    }
    for (String key : OF_A_HEAD) {
      if (fields.isGiven(key)) {
        fields.problem(key, "expected none, because there are heads; each may have its own");
      }
    }
    problems.addAll(fields.problems());
  }

  private double weight(Part head) {
    ConfigFields fields = new ConfigFields(head.own(), file).within(head.own(), head.key() + ".");
    double weight = fields.weight();
    problems.addAll(fields.problems());
    return weight;
  }

  /** What a head says, over what the whole says. */
  private Config block(Part head) {
    Config shared = Parts.without(Parts.without(given, List.of(HEADS, CHAIN)), OF_A_HEAD);
    return heads.block(head.without(WEIGHT), shared);
  }
}
