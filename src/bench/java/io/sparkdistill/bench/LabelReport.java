package io.sparkdistill.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** All series, as a Markdown table for people and as JSON for programs. */
final class LabelReport {
  private final String raw;
  private final List<Series> all;

  /**
   * Computes nothing yet.
   *
   * @param raw the system that the others are compared with
   * @param all the series of all systems and teachers
   */
  LabelReport(String raw, List<Series> all) {
    this.raw = raw;
    this.all = List.copyOf(all);
  }

  String table() {
    StringBuilder table = new StringBuilder(512);
    table.append("| teacher | system | rows/s, median | least to most | of raw |\n");
    table.append("|---|---|---:|---:|---:|\n");
    for (Series series : all) {
      table.append(
          series.failed()
              ? String.format(
                  Locale.ROOT,
                  "| %s | %s | did not run: %s | | |%n",
                  series.network(),
                  series.system(),
                  series.failure())
              : String.format(
                  Locale.ROOT,
                  "| %s | %s | %,.0f | %,.0f to %,.0f | %s |%n",
                  series.network(),
                  series.system(),
                  series.median(),
                  series.least(),
                  series.most(),
                  comparable(series) ? String.format(Locale.ROOT, "%.2f", ofRaw(series)) : ""));
    }
    return table.toString();
  }

  void write(Path json) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode array = mapper.createArrayNode();
    for (Series series : all) {
      ObjectNode node = array.addObject();
      node.put("teacher", series.network());
      node.put("system", series.system());
      if (series.failed()) {
        node.putNull("rowsPerSecond");
      } else {
        node.put("rowsPerSecond", Math.round(series.median()));
      }
      if (comparable(series)) {
        node.put("ofRaw", Math.round(ofRaw(series) * 1000) / 1000.0);
      } else {
        node.putNull("ofRaw");
      }
    }
    mapper.writerWithDefaultPrettyPrinter().writeValue(json.toFile(), array);
  }

  private boolean comparable(Series series) {
    return !series.failed() && !rawOf(series).failed();
  }

  private double ofRaw(Series series) {
    return series.median() / rawOf(series).median();
  }

  private Series rawOf(Series series) {
    return all.stream()
        .filter(each -> each.system().equals(raw) && each.network().equals(series.network()))
        .findFirst()
        .orElseThrow();
  }
}
