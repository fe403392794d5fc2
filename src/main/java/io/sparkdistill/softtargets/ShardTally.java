package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.MultisetDigest;
import io.sparkdistill.storage.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Digests of a shard's rows, as they are written or read back. Not thread-safe. */
final class ShardTally {
  private final MultisetDigest examples = new MultisetDigest();
  private final MultisetDigest content = new MultisetDigest();
  private final MessageDigest scratch = Sha256.digest();

  /** The digest of an input, of which the cache keeps the head. */
  byte[] inputDigest(Example example) {
    return MultisetDigest.ofFeatures(example.features(), scratch);
  }

  /**
   * Adds a row.
   *
   * @param inputDigest of {@link #inputDigest}
   * @param cell its logits as they are stored
   */
  void add(Example example, byte[] inputDigest, byte[] cell) {
    byte[] id = example.id().getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES + id.length);
    head.putInt(id.length).putInt(example.label()).put(id);
    scratch.update(head.array());
    examples.add(scratch.digest(inputDigest));
    scratch.update(head.array());
    scratch.update(inputDigest);
    content.add(scratch.digest(cell));
  }

  /** A cell of plain logits, as bytes. */
  static byte[] plainCell(float[] logits) {
    ByteBuffer bytes = ByteBuffer.allocate(logits.length * Float.BYTES);
    bytes.asFloatBuffer().put(logits);
    return bytes.array();
  }

  long rows() {
    return content.count();
  }

  String examplesSum() {
    return examples.sum();
  }

  String contentSum() {
    return content.sum();
  }
}
