package io.sparkdistill.examples;

import io.sparkdistill.storage.Sha256;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
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
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private BigInteger sum = BigInteger.ZERO;
  private long count;

  /**
   * Adds a row.
   *
   * @param sha256 the row's digest, 32 bytes
   */
  public void add(byte[] sha256) {
    sum = sum.add(new BigInteger(1, sha256)).mod(MODULUS);
    count++;
  }

  /**
   * Adds all rows of another digest.
   *
   * @param other is left as it is
   */
  public void addAll(MultisetDigest other) {
    sum = sum.add(other.sum).mod(MODULUS);
    count += other.count;
  }

  /**
   * What {@link #count()} and the sum of the rows are, so that it can be kept and added to later.
   *
   * @return the sum, hexadecimal
   */
  public String sum() {
    return sum.toString(16);
  }

  /**
   * Adds rows of which only the sum was kept.
   *
   * @param hexSum of {@link #sum()}
   * @param rows how many
   */
  public void addAll(String hexSum, long rows) {
    sum = sum.add(new BigInteger(hexSum, 16)).mod(MODULUS);
    count += rows;
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
    byte[] bytes = sum.toByteArray();
    digest.update(Arrays.copyOfRange(bytes, bytes.length > 32 ? 1 : 0, bytes.length));
    return HexFormat.of().formatHex(digest.digest());
  }
}
