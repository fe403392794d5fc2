package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.ExampleDigest;
import io.sparkdistill.examples.MultisetDigest;
import java.nio.ByteBuffer;

/** Digests of a shard's rows, as they are written or read back. Not thread-safe. */
final class ShardTally {
  private final MultisetDigest examples = new MultisetDigest();
  private final MultisetDigest content = new MultisetDigest();
  private final ExampleDigest digest = new ExampleDigest();

  /** The digest of an input, of which the cache keeps the head. */
  byte[] inputDigest(Example example) {
    return digest.ofInput(example.features());
  }

  /**
   * Adds a row.
   *
   * @param inputDigest of {@link #inputDigest}
   * @param cell its logits as they are stored
   */
  void add(Example example, byte[] inputDigest, byte[] cell) {
    byte[] known = digest.ofExample(example, inputDigest);
    examples.add(known);
    content.add(digest.with(known, cell));
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
