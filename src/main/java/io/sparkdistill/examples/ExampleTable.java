package io.sparkdistill.examples;

import io.sparkdistill.config.SourceConfig;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Examples whose columns exist and have usable types; their values are not checked yet.
 *
 * @param source what was configured
 * @param rows columns {@value #ID} (string), {@value #FEATURES} (array of float), {@value #LABEL}
 *     (double), {@value #ANSWER} (array of float) where the teacher is a column, and {@value
 *     #WEIGHT} (double) where there is one; each nullable
 * @param features what the inputs are made of where they come from
 */
public record ExampleTable(SourceConfig source, Dataset<Row> rows, FeatureType features) {
  /** The column of row names. */
  public static final String ID = "id";

  /** The column of inputs. */
  public static final String FEATURES = "features";

  /** The column of right answers. */
  public static final String LABEL = "label";

  /** The column of a teacher that has answered already. */
  public static final String ANSWER = "answer";

  /** The column of how often a row counts. */
  public static final String WEIGHT = "weight";
}
