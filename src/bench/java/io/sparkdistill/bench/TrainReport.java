package io.sparkdistill.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All series, as a Markdown table for people and as JSON for programs. */
final class TrainReport {
  private final String peer;
  private final String limit;
  private final List<Series> all;

  TrainReport(String peer, String limit, List<Series> all) {
    this.peer = peer;
    this.limit = limit;
    this.all = List.copyOf(all);
  }

  String table() {
    StringBuilder table = new StringBuilder(512);
    table.append("| student | system | samples/s, median | least to most | of ");
    table.append(peer).append(" | of the limit |\n|---|---|---:|---:|---:|---:|\n");
    for (Series series : all) {
      table.append(series.failed() ? failed(series) : measured(series));
    }
    return table.toString();
  }

  private static String failed(Series series) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | did not run: %s | | | |%n",
        series.network(),
        series.system(),
        series.failure());
  }

  private String measured(Series series) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,.0f | %,.0f to %,.0f | %s | %s |%n",
        series.network(),
        series.system(),
        series.median(),
        series.least(),
        series.most(),
        of(series, peer).map(TrainReport::text).orElse(""),
        of(series, limit).map(TrainReport::text).orElse(""));
  }

  private static String text(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  void write(Path json) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode array = mapper.createArrayNode();
    for (Series series : all) {
      ObjectNode node = array.addObject();
      node.put("student", series.network());
      node.put("system", series.system());
      node.put("samplesPerSecond", series.failed() ? null : Math.round(series.median()));
      node.put("ofPyTorch", of(series, peer).map(TrainReport::rounded).orElse(null));
      node.put("ofLimit", of(series, limit).map(TrainReport::rounded).orElse(null));
    }
    mapper.writerWithDefaultPrettyPrinter().writeValue(json.toFile(), array);
  }

  private static Double rounded(double ratio) {
    return Math.round(ratio * 1000) / 1000.0;
  }

  private Optional<Double> of(Series series, String system) {
    return all.stream()
        .filter(each -> each.system().equals(system) && each.network().equals(series.network()))
        .filter(each -> !each.failed() && !series.failed())
        .map(each -> series.median() / each.median())
        .findFirst();
  }
}
