package io.sparkdistill.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What is asked of arrays of float32. As bytes they are little-endian, four each. Stateless. */
public final class FloatArrays {
  private FloatArrays() {}

  /**
   * Numbers as bytes.
   *
   * @param numbers at most 2 GiB of them
   * @return four bytes each, little-endian
   * @throws ArithmeticException if an array cannot hold them
   */
  public static byte[] bytes(float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  /**
   * Bytes as numbers.
   *
   * @param bytes four each, little-endian; a rest of fewer is left out
   * @return the numbers
   */
  public static float[] of(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }

  /**
   * The first of many.
   *
   * @param numbers as many as wanted, or more
   * @param count how many are wanted
   * @return so many of them; the same array if these are all
   */
  public static float[] first(float[] numbers, int count) {
    return numbers.length == count ? numbers : Arrays.copyOf(numbers, count);
  }

  /**
   * Rows one after the other, as a batch has them.
   *
   * @param <T> what has a row
   * @param all at least one, with rows of one width
   * @param row the numbers of one of them
   * @return [rows, width]
   */
  public static <T> float[] sideBySide(List<T> all, Function<T, float[]> row) {
    int width = row.apply(all.get(0)).length;
    float[] numbers = new float[all.size() * width];
    for (int i = 0; i < all.size(); i++) {
      System.arraycopy(row.apply(all.get(i)), 0, numbers, i * width, width);
    }
    return numbers;
  }

  /**
   * Whether each is a number.
   *
   * @param numbers any
   * @return false where one is infinite or not a number
   */
  public static boolean areFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
