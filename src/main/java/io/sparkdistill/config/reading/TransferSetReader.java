package io.sparkdistill.config.reading;

import io.sparkdistill.config.TransferSetConfig;
import java.util.List;
import java.util.Set;

/** Reads the keys of {@link TransferSetConfig}. */
final class TransferSetReader {

  private final ConfigFields fields;

  TransferSetReader(ConfigFields fields) {
    this.fields = fields;
  }

  TransferSetConfig read(int classes) {
    return new TransferSetConfig(
        fields.optionalText("training.transferSet.where"),
        fields.positive("training.transferSet.fraction", 1),
        matchFrequencies(classes));
  }

  private List<Integer> matchFrequencies(int ofClasses) {
    String key = TransferSetConfig.MATCH_FREQUENCIES;
    // A number of classes with a problem is none that somebody gave.
    int most = fields.isSound("dataset.classes") ? ofClasses - 1 : Integer.MAX_VALUE;
    List<Integer> classes = fields.wholeNumbers(key, 0, most);
    if (classes.size() != Set.copyOf(classes).size()) {
      fields.problem(key, "expected a list of different classes such as [7, 8], found " + classes);
    }
    return classes;
  }
}
