package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.sparkdistill.config.LinkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads who teaches the teacher. */
final class ChainReader {
  private static final String CHAIN = "chain";
  private static final String TEACHERS = "teachers";
  private static final String BASELINE = "evaluation.baseline";
  private static final String STUDENT = "student";
  private static final String MODEL = "student.model";

  /** What a link has in common with the whole, or cannot have. */
  private static final List<String> OF_THE_WHOLE =
      List.of(CHAIN, "heads", "output", "release", "tuning");

  /**
   * What is said of the last student alone; a teacher knows all rows, whatever that learns from.
   */
  private static final List<String> OF_THE_LAST =
      List.of(
          CHAIN,
          "compress",
          BASELINE,
          "evaluation.incumbent",
          "release",
          "training.transferSet",
          "tuning");

  private final Config given;
  private final String file;
  private final List<String> settings;
  private final Parts links;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A reader.
   *
   * @param given the resolved block, without the defaults
   * @param file what messages call it
   * @param settings that were put over it, without credentials
   */
  ChainReader(Config given, String file, List<String> settings) {
    this.given = given;
    this.file = file;
    this.settings = settings;
    this.links = links(given);
  }

  static Parts links(Config given) {
    return new Parts(given, CHAIN, OF_THE_WHOLE);
  }

  /** The block of the last student: the link before it is the teacher. */
  static Config withTeacher(Config given) {
    List<Part> links = links(given).all();
    return links.isEmpty() ? given : taughtBy(given, links.get(links.size() - 1), given);
  }

  /** Those of the links: what is wrong in a value that they share with the whole is said once. */
  List<Problem> problemsBeside(List<Problem> ofTheWhole) {
    return problems.stream()
        .filter(problem -> ofTheWhole.stream().noneMatch(problem::isLike))
        .toList();
  }

  /** All links, in order, up to one that is no block; worth nothing where there are problems. */
  List<LinkConfig> read() {
    problems.addAll(links.problems("link", "assistant"));
    List<LinkConfig> read = new ArrayList<>();
    Optional<Part> before = Optional.empty();
    for (Part link : links.all()) {
      CheckedConfig checked = ConfigLoader.check(block(link, before), file);
      checked.problems().forEach(problem -> problems.add(link.below(problem)));
      read.add(
          new LinkConfig(
              link.name(), checked.config(), checked.recipe(settings, Optional.of(link.name()))));
      before = Optional.of(link);
    }
    return read;
  }

  /** What a link says, over what the whole says. */
  private Config block(Part link, Optional<Part> before) {
    Config shared = Parts.without(given, OF_THE_LAST);
    Config block = links.block(link, besideModels(link.own(), shared));
    if (!block.hasPath(BASELINE)) {
      block = block.withValue(BASELINE, ConfigValueFactory.fromAnyRef(false, CHAIN));
    }
    if (link.own().hasPath(TEACHERS)) {
      return block;
    }
    if (before.isPresent()) {
      return taughtBy(block, before.get(), given);
    }
    return block.hasPath(TEACHERS)
        ? block
        : block.withValue(TEACHERS, ConfigValueFactory.fromIterable(List.of(), CHAIN));
  }

  /** A network of a link's own takes the layers of the whole away, and the other way round. */
  private static Config besideModels(Config own, Config shared) {
    if (own.hasPath(MODEL)) {
      return shared.withoutPath(STUDENT);
    }
    return own.hasPath(STUDENT) ? shared.withoutPath(MODEL) : shared;
  }

  private static Config taughtBy(Config block, Part link, Config whole) {
    Map<String, String> teacher = Map.of("dl4j", link.output(whole) + "/student/student.zip");
    return block.withValue(TEACHERS, ConfigValueFactory.fromIterable(List.of(teacher), CHAIN));
  }
}
