package io.sparkdistill.config.reading;

import io.sparkdistill.config.TransferSetConfig;
import java.util.List;
import java.util.Set;

/** Reads the keys of {@link TransferSetConfig}. */
final class TransferSetReader {
  private static final double GREATER_THAN_ZERO = 1e-12;
  private static final int MOST_CLASSES = 100_000;
  private static final String CLASSES = "dataset.classes";

  private final ConfigFields fields;

  TransferSetReader(ConfigFields fields) {
    this.fields = fields;
  }

  TransferSetConfig read() {
    return new TransferSetConfig(
        fields.optionalText("training.transferSet.where"),
        fields.number("training.transferSet.fraction", GREATER_THAN_ZERO, 1),
        matchFrequencies());
  }

  private List<Integer> matchFrequencies() {
    String key = TransferSetConfig.MATCH_FREQUENCIES;
    List<Integer> classes = fields.wholeNumbers(key, 0, mostOfClasses() - 1);
    if (classes.size() != Set.copyOf(classes).size()) {
      fields.problem(key, "expected a list of different classes such as [7, 8], found " + classes);
    }
    return classes;
  }

  /** A number of classes with a problem is none that somebody gave. */
  private int mostOfClasses() {
    int classes = fields.wholeNumber(CLASSES, 2, MOST_CLASSES);
    boolean known = fields.problems().stream().noneMatch(problem -> problem.key().equals(CLASSES));
    return known ? classes : MOST_CLASSES;
  }
}
