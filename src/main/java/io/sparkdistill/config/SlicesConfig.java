package io.sparkdistill.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parts of the test set that are also judged by themselves.
 *
 * @param filters named ones, by name
 * @param columns each of whose values is a part
 */
public record SlicesConfig(List<Filter> filters, List<String> columns) {
  /**
   * A named filter.
   *
   * @param name for people
   * @param sql a condition of Spark SQL on the columns of the test set
   */
  public record Filter(String name, String sql) {}

  /** Copies the lists. */
  public SlicesConfig {
    filters = List.copyOf(filters);
    columns = List.copyOf(columns);
  }

  /**
   * The whole alone.
   *
   * @return no parts
   */
  public static SlicesConfig none() {
    return new SlicesConfig(List.of(), List.of());
  }

  /**
   * Whether there are no parts.
   *
   * @return true if only the whole is judged
   */
  public boolean isEmpty() {
    return filters.isEmpty() && columns.isEmpty();
  }

  String description() {
    return Stream.concat(
            filters.stream().map(filter -> filter.name() + ": " + filter.sql()),
            columns.stream().map(column -> "by " + column))
        .collect(Collectors.joining("\n"));
  }
}
