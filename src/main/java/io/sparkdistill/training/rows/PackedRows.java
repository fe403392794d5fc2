package io.sparkdistill.training.rows;

import io.sparkdistill.math.FloatArrays;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * All rows of one worker in primitive blocks of bounded size. Immutable once built; the arrays are
 * not to be changed.
 *
 * @param blocks in order; all but the last have as many rows
 * @param rows in all blocks
 * @param width numbers in a row's features; 0 where there are no rows
 * @param classes numbers in a row's logits; 0 where there are no rows
 * @param tensors numbers that hidden layers are compared with in each row; 0 where none are
 */
record PackedRows(List<Block> blocks, int rows, int width, int classes, int tensors)
    implements Rows, Serializable {
  private static final int BLOCK_ROWS = 1024;

  /** Most numbers in an array of several rows: 256 MiB. */
  private static final int BLOCK_NUMBERS = 1 << 26;

  /**
   * Some rows, one after the other.
   *
   * @param features rows times width
   * @param targets rows times 2C: one-hot label and teacher logits side by side
   * @param tensors rows times what hidden layers are compared with
   */
  @SuppressWarnings("ArrayRecordComponent") // Shared, never changed.
  record Block(float[] features, float[] targets, float[] tensors) implements Serializable {}

  static PackedRows of(Iterator<TrainingRow> rows) {
    List<Block> blocks = new ArrayList<>();
    List<TrainingRow> open = new ArrayList<>();
    int count = 0;
    int width = 0;
    int classes = 0;
    int tensors = 0;
    while (rows.hasNext()) {
      TrainingRow row = rows.next();
      width = row.features().length;
      classes = row.targets().length / 2;
      tensors = row.tensors().length;
      open.add(row);
      count++;
      if (open.size() == blockRows(width, classes, tensors) || !rows.hasNext()) {
        blocks.add(block(open));
        open.clear();
      }
    }
    return new PackedRows(List.copyOf(blocks), count, width, classes, tensors);
  }

  /** Rows of a block: as many as fit, but one in any case. */
  static int blockRows(int width, int classes, int tensors) {
    int widest = Math.max(Math.max(width, tensors), Math.max(1, 2 * classes));
    return Math.max(1, Math.min(BLOCK_ROWS, BLOCK_NUMBERS / widest));
  }

  private int blockRows() {
    return blockRows(width, classes, tensors);
  }

  private static Block block(List<TrainingRow> rows) {
    return new Block(
        FloatArrays.sideBySide(rows, TrainingRow::features),
        FloatArrays.sideBySide(rows, TrainingRow::targets),
        FloatArrays.sideBySide(rows, TrainingRow::tensors));
  }

  @Override
  public void copy(int from, int to, FloatBuffer features, float[] targets) {
    Block block = blocks.get(from / blockRows());
    int row = from % blockRows();
    features.put(to * width, block.features, row * width, width);
    int targetWidth = 2 * classes;
    System.arraycopy(block.targets, row * targetWidth, targets, to * targetWidth, targetWidth);
  }

  @Override
  public void copyTensors(int from, int to, float[] compared) {
    float[] all = blocks.get(from / blockRows()).tensors;
    System.arraycopy(all, from % blockRows() * tensors, compared, to * tensors, tensors);
  }
}
