package io.sparkdistill.config.reading;

import io.sparkdistill.config.CompressConfig;
import io.sparkdistill.config.ExportConfig;
import java.util.List;

/** Reads how students are exported and compressed. */
final class ExportReader {
  private static final String PRUNE = "compress.prune";
  private static final String QUANTISE = "compress.quantise";

  private final ConfigFields fields;

  ExportReader(ConfigFields fields) {
    this.fields = fields;
  }

  ExportConfig export() {
    return new ExportConfig(
        fields.flag("export.onnx"),
        fields.flag("export.softmax") ? ExportConfig.Head.PROBABILITIES : ExportConfig.Head.LOGITS,
        new ExportConfig.Timing(
            fields.number("export.latency.seconds", 0, 3600),
            fields.sizes("export.latency.batches")));
  }

  CompressConfig compress() {
    CompressConfig compress =
        new CompressConfig(
            fields.number(PRUNE, 0, 0.99),
            fields.wholeNumber("compress.epochs", 1, 100_000),
            fields.choice(QUANTISE, CompressConfig.Quantise.class),
            fields.wholeNumber("compress.calibrationRows", 1, 100_000));
    if (compress.prunes()) {
      new EngineCheck(fields).refuse(PRUNE, "0", compress.prune());
    }
    if (compress.prunes() && linear()) {
      fields.problem(
          PRUNE, "expected 0, because the student has no hidden units, found " + compress.prune());
    }
    if (compress.prunes() && fields.has("student.model")) {
      fields.problem(
          PRUNE, "expected 0, because student.model names a network, found " + compress.prune());
    }
    if (compress.quantises() && !fields.flag("export.onnx")) {
      fields.problem(
          QUANTISE,
          "expected none, because export.onnx is false, found " + compress.quantiseName());
    }
    return compress;
  }

  private boolean linear() {
    return fields.list("student.hidden").filter(List::isEmpty).isPresent()
        && fields.list("student.cnn.channels").filter(List::isEmpty).isPresent();
  }
}
