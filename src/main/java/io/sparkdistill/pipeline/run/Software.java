package io.sparkdistill.pipeline.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.package$;

/** Versions of what computes, for manifests and reports. Stateless and thread-safe. */
public final class Software {
  private static final String PREFIX = "software.";

  private Software() {}

  /**
   * Facts, and the versions of all that runs here.
   *
   * @param facts of a result
   * @return for a manifest
   */
  public static Map<String, String> noted(Map<String, String> facts) {
    Map<String, String> all = new TreeMap<>(facts);
    Properties built = built();
    built.stringPropertyNames().forEach(name -> all.put(PREFIX + name, built.getProperty(name)));
    all.put(PREFIX + "Spark", package$.MODULE$.SPARK_VERSION());
    all.put(PREFIX + "Java", Runtime.version().toString());
    return all;
  }

  /**
   * The versions among the facts of a manifest, in a line.
   *
   * @param facts of a manifest
   * @return nothing in those of earlier releases
   */
  public static Optional<String> words(Map<String, String> facts) {
    String words =
        new TreeMap<>(facts)
            .entrySet().stream()
                .filter(fact -> fact.getKey().startsWith(PREFIX))
                .map(fact -> fact.getKey().substring(PREFIX.length()) + " " + fact.getValue())
                .collect(Collectors.joining(", "));
    return Optional.of(words).filter(text -> !text.isEmpty());
  }

  /** What the build has put down. */
  private static Properties built() {
    try (InputStream in = Software.class.getResourceAsStream("software.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
