package io.sparkdistill.examples;

import io.sparkdistill.storage.Sha256;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A digest of a multiset of rows that depends neither on their order nor on how they are divided:
 * the sum of the rows' SHA-256 values modulo 2^256, and how many there are (Bellare and Micciancio,
 * "A New Paradigm for Collision-Free Hashing", the additive construction). It tells changed data
 * from the same data; it is no defence against someone who searches for collisions. Mutable, not
 * thread-safe.
 */
public final class MultisetDigest implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int WORDS = 4;
  private static final int BYTES = WORDS * Long.BYTES;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(BYTES * Byte.SIZE);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The most significant first. Plain words: big integers took as long as the hash of a row. */
  private final long[] sum = new long[WORDS];

  private long count;

  /**
   * Adds a row.
   *
   * @param sha256 the row's digest, 32 bytes
   */
  public void add(byte[] sha256) {
    long carry = 0;
    for (int i = WORDS - 1; i >= 0; i--) {
      long word = (long) LONGS.get(sha256, i * Long.BYTES);
      long added = sum[i] + word;
      long carried = added + carry;
      boolean over =
          Long.compareUnsigned(added, word) < 0 || Long.compareUnsigned(carried, added) < 0;
      sum[i] = carried;
      carry = over ? 1 : 0;
    }
    count++;
  }

  /**
   * Adds all rows of another digest.
   *
   * @param other is left as it is
   */
  public void addAll(MultisetDigest other) {
    addAll(other.sum(), other.count);
  }

  /**
   * What {@link #count()} and the sum of the rows are, so that it can be kept and added to later.
   *
   * @return the sum, hexadecimal
   */
  public String sum() {
    return number().toString(16);
  }

  /**
   * Adds rows of which only the sum was kept.
   *
   * @param hexSum of {@link #sum()}
   * @param rows how many
   */
  public void addAll(String hexSum, long rows) {
    byte[] bytes = number().add(new BigInteger(hexSum, 16)).mod(MODULUS).toByteArray();
    byte[] padded = new byte[BYTES];
    int length = Math.min(BYTES, bytes.length);
    System.arraycopy(bytes, bytes.length - length, padded, BYTES - length, length);
    for (int i = 0; i < WORDS; i++) {
      sum[i] = (long) LONGS.get(padded, i * Long.BYTES);
    }
    count += rows;
  }

  private BigInteger number() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.asLongBuffer().put(sum);
    return new BigInteger(1, bytes.array());
  }

  /**
   * How many rows were added.
   *
   * @return 0 or more
   */
  public long count() {
    return count;
  }

  /**
   * The digest of what was added so far.
   *
   * @return 64 hexadecimal digits
   */
  public String hex() {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(count).array());
    byte[] bytes = number().toByteArray();
    digest.update(Arrays.copyOfRange(bytes, bytes.length > BYTES ? 1 : 0, bytes.length));
    return HexFormat.of().formatHex(digest.digest());
  }
}
