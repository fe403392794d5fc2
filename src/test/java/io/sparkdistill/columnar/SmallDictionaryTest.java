package io.sparkdistill.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Numbers stand for the values that they were given to, whatever their bits. */
class SmallDictionaryTest {
  @Property(seed = "1", tries = 200)
  void numbersStandForTheirValues(@ForAll @Size(max = 256) int[] values) {
    SmallDictionary dictionary = new SmallDictionary();
    // Twice: values are found again where they were put.
    expectRoundTrip(dictionary, values);
    expectRoundTrip(dictionary, values);
  }

  @Test
  void valuesWithoutBitsAndWithAllOfThemAreValues() {
    expectRoundTrip(new SmallDictionary(), -1, 0, -1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    expectRoundTrip(new SmallDictionary(), 0, 0, -1);
  }

  @Test
  void numbersFollowTheOrderOfTheFirstAppearance() {
    SmallDictionary dictionary = new SmallDictionary();
    assertThat(encoded(dictionary, 7, 7, 5, 7, 6)).containsExactly(0, 0, 1, 0, 2);
    assertThat(encoded(dictionary, 6, 4)).containsExactly(2, 3);
    assertThat(dictionary.size()).isEqualTo(4);
  }

  @Test
  void tooManyValuesAreRefusedAndTheOthersStay() {
    SmallDictionary dictionary = new SmallDictionary();
    int[] most = new int[SmallDictionary.MOST];
    for (int i = 0; i < most.length; i++) {
      most[i] = Float.floatToIntBits(i / 255f);
    }
    expectRoundTrip(dictionary, most);
    assertThat(dictionary.encode(page(3, -8), 2, new byte[2], 0)).isFalse();
    expectRoundTrip(dictionary, most);
  }

  private static void expectRoundTrip(SmallDictionary dictionary, int... values) {
    byte[] numbers = encoded(dictionary, values);
    IntBuffer known =
        ByteBuffer.wrap(dictionary.values()).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    for (int i = 0; i < values.length; i++) {
      assertThat(known.get(numbers[i] & 0xff)).isEqualTo(values[i]);
    }
  }

  private static byte[] encoded(SmallDictionary dictionary, int... values) {
    byte[] numbers = new byte[values.length];
    assertThat(dictionary.encode(page(values), values.length, numbers, 0)).isTrue();
    return numbers;
  }

  private static byte[] page(int... values) {
    ByteBuffer page =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    page.asIntBuffer().put(values);
    return page.array();
  }
}
