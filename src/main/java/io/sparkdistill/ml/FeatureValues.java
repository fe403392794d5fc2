package io.sparkdistill.ml;

import io.sparkdistill.failure.BadInputException;
import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * A row's features as Spark hands them out: a vector of MLlib, or an array of numbers.
 *
 * @param what messages call the column
 * @param width numbers that a row must have
 */
record FeatureValues(String what, long width) implements Serializable {
  /**
   * Puts a row's numbers at their place.
   *
   * @param value of the column
   * @param into row by row
   * @param row from 0
   * @throws BadInputException if it is no row for the student
   */
  void put(Object value, float[] into, int row) {
    int start = Math.toIntExact(row * width);
    if (value instanceof Vector vector) {
      requireWidth(vector.size());
      double[] values = vector.toArray();
      for (int i = 0; i < values.length; i++) {
        into[start + i] = finite((float) values[i], i);
      }
    } else if (value instanceof Seq<?> array) {
      requireWidth(array.length());
      Iterator<?> values = array.iterator();
      for (int i = 0; values.hasNext(); i++) {
        into[start + i] = number(values.next(), i);
      }
    } else {
      throw refused(value == null ? "it is null" : "it is neither a vector nor an array");
    }
  }

  private void requireWidth(int found) {
    if (found != width) {
      throw refused("it has " + found + " numbers and the student reads " + width);
    }
  }

  private float number(Object value, int place) {
    if (value instanceof Number number) {
      return finite(number.floatValue(), place);
    }
    throw refused("it has no number at position " + place);
  }

  private float finite(float value, int place) {
    if (!Float.isFinite(value)) {
      throw refused("it has " + value + " at position " + place);
    }
    return value;
  }

  private BadInputException refused(String why) {
    return new BadInputException(
        "Cannot score a row by its " + what + ", " + why + ". Correct the row, or leave it out.");
  }
}
