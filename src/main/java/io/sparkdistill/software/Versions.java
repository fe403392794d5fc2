package io.sparkdistill.software;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** Versions of this project, of the libraries that it carries, and of Java. Stateless. */
public final class Versions {
  /** What this project is called. */
  public static final String OWN = "spark-distill";

  private Versions() {}

  /**
   * The version of this project.
   *
   * @return of the build
   */
  public static String own() {
    return built().getProperty(OWN);
  }

  /**
   * All of them.
   *
   * @return by name; a copy
   */
  public static SortedMap<String, String> running() {
    SortedMap<String, String> all = new TreeMap<>();
    Properties built = built();
    built.stringPropertyNames().forEach(name -> all.put(name, built.getProperty(name)));
    all.put("Java", Runtime.version().toString());
    return all;
  }

  private static Properties built() {
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
