package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.ExampleDigest;
import io.sparkdistill.examples.MultisetDigest;
import io.sparkdistill.examples.View;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Digests of a shard's rows, as they are written or read back. Not thread-safe. */
final class ShardTally {
  private final MultisetDigest examples = new MultisetDigest();
  private final MultisetDigest content = new MultisetDigest();
  private final ExampleDigest digest = new ExampleDigest();

  byte[] inputHash(Example example) {
    return digest.ofInput(example.features());
  }

  /**
   * Adds a row.
   *
   * @param inputHash of {@link #inputHash}
   * @param cells what the teacher said, as it is stored
   */
  void add(View view, byte[] inputHash, List<byte[]> cells) {
    byte[] known = digest.ofExample(view.example(), inputHash);
    examples.add(known);
    int length = Integer.BYTES + Long.BYTES;
    for (byte[] cell : cells) {
      length += cell.length;
    }
    ByteBuffer more = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    more.putInt(view.number()).putLong(view.seed());
    for (byte[] cell : cells) {
      more.put(cell);
    }
    content.add(digest.with(known, more.array()));
  }

  /** What a codec draws by, the same for the same input. */
  static long seed(byte[] inputHash) {
    return ByteBuffer.wrap(inputHash).getLong();
  }

  /** A cell of plain logits, as bytes. */
  static byte[] plainCell(float[] logits) {
    ByteBuffer bytes =
        ByteBuffer.allocate(logits.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
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
