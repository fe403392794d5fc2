package io.sparkdistill.config;

import io.sparkdistill.failure.Secrets;

/** Where rows are read from. */
public sealed interface SourceConfig {
  /** The format that no Spark data source reads: MNIST's. */
  String IDX = "idx";

  /**
   * What messages call this source: its path or its table's name, with secrets masked.
   *
   * @return text for people, and for a file's provenance
   */
  String display();

  /**
   * A folder or file.
   *
   * @param path Hadoop URI, or a relative local path
   * @param format parquet or orc, which are Spark data sources, or {@value #IDX}
   */
  record Files(String path, String format) implements SourceConfig {
    @Override
    public String display() {
      return Secrets.mask(path);
    }
  }

  /**
   * A table of the session's catalog.
   *
   * @param name one to three parts, separated by dots
   */
  record Table(String name) implements SourceConfig {
    @Override
    public String display() {
      return "table " + name;
    }
  }
}
