package io.sparkdistill.examples;

import io.sparkdistill.storage.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * SHA-256 of inputs and of what belongs to them; src/site/markdown/formats.md says over which
 * bytes. Reuses its memory; not thread-safe.
 */
public final class ExampleDigest {
  /** Bytes of SHA-256 that name an input. */
  public static final int INPUT_BYTES = 16;

  private final MessageDigest sha256 = Sha256.digest();
  private byte[] bytes = new byte[0];

  /**
   * The digest of an input.
   *
   * @param features as the teacher sees them; every bit counts
   * @return the first {@value #INPUT_BYTES} bytes of its SHA-256
   */
  public byte[] ofInput(float[] features) {
    return Arrays.copyOf(ofNumbers(features), INPUT_BYTES);
  }

  private byte[] ofNumbers(float[] numbers) {
    int length = numbers.length * Float.BYTES;
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    sha256.update(bytes, 0, length);
    return sha256.digest();
  }

  /** The digest of a whole example, with what its teacher has answered already. */
  byte[] ofAnswered(Example example) {
    byte[] known = ofExample(example, ofInput(example.features()));
    return example.answer().length == 0 ? known : with(known, ofNumbers(example.answer()));
  }

  /**
   * The digest of a whole example: name, label, input, and weight where that is not 1.
   *
   * @param example of which the input is not read
   * @param input of {@link #ofInput}
   * @return 32 bytes
   */
  public byte[] ofExample(Example example, byte[] input) {
    byte[] id = example.id().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(input, input.length + Integer.BYTES + id.length);
    ByteBuffer.wrap(all, input.length, Integer.BYTES + id.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(example.label())
        .put(id);
    byte[] known = sha256.digest(all);
    return example.weight() == 1 ? known : with(known, weight(example));
  }

  private static byte[] weight(Example example) {
    return ByteBuffer.allocate(Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(example.weight())
        .array();
  }

  /**
   * The digest of an example with more that belongs to it.
   *
   * @param example of {@link #ofExample}
   * @param more bytes of a fixed length, or whose length they tell
   * @return 32 bytes
   */
  public byte[] with(byte[] example, byte[] more) {
    sha256.update(example);
    return sha256.digest(more);
  }
}
