package io.sparkdistill.columnar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Gives values of four bytes numbers from 0 to 255, as long as there are no more of them. Not
 * thread-safe.
 */
final class SmallDictionary {
  static final int MOST = 256;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SLOT_BITS = 10;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** 2^32 over the golden ratio; Knuth, "The Art of Computer Programming", volume 3, 6.4. */
  private static final int GOLDEN = 0x9E3779B1;

  private static final short FREE = -1;

  private final int[] slotValues = new int[SLOTS];
  private final short[] slotNumbers = new short[SLOTS];
  private final byte[] values = new byte[MOST * Integer.BYTES];
  private int size;

  SmallDictionary() {
    Arrays.fill(slotNumbers, FREE);
  }

  /**
   * Numbers some values.
   *
   * @param page little-endian values
   * @param count how many
   * @param numbers one byte each, from {@code at} on
   * @return false if there are too many different values; what was numbered before stays valid
   */
  boolean encode(byte[] page, int count, byte[] numbers, int at) {
    int last = 0;
    byte lastNumber = 0;
    boolean any = false;
    for (int i = 0; i < count; i++) {
      int value = (int) INTS.get(page, i * Integer.BYTES);
      // Most neighbours in images are equal.
      if (!any || value != last) {
        int number = number(value);
        if (number < 0) {
          return false;
        }
        any = true;
        last = value;
        lastNumber = (byte) number;
      }
      numbers[at + i] = lastNumber;
    }
    return true;
  }

  private int number(int value) {
    int slot = (value * GOLDEN) >>> (Integer.SIZE - SLOT_BITS);
    while (slotNumbers[slot] != FREE) {
      if (slotValues[slot] == value) {
        return slotNumbers[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (size == MOST) {
      return -1;
    }
    slotValues[slot] = value;
    slotNumbers[slot] = (short) size;
    INTS.set(values, size * Integer.BYTES, value);
    return size++;
  }

  int size() {
    return size;
  }

  /** All values, in the order of their numbers. */
  byte[] values() {
    return Arrays.copyOf(values, size * Integer.BYTES);
  }
}
