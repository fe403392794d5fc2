package io.sparkdistill.training.rows;

import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Rows of which any can be copied at any time. */
public interface Rows extends RowSource {
  /**
   * How many there are.
   *
   * @return at least 0
   */
  int rows();

  /**
   * Numbers in a row's features.
   *
   * @return 0 where there are no rows
   */
  int width();

  /**
   * Numbers in a row's logits.
   *
   * @return 0 where there are no rows
   */
  int classes();

  /**
   * Numbers that hidden layers are compared with in each row.
   *
   * @return 0 where none are
   */
  int tensors();

  /**
   * Copies a row into a batch.
   *
   * @param from its place among these
   * @param to its place in the batch
   * @param features of the batch, [rows, width]
   * @param targets of the batch, [rows, 2C]
   */
  void copy(int from, int to, FloatBuffer features, float[] targets);

  /**
   * Copies what a row's hidden layers are compared with into a batch.
   *
   * @param from its place among these
   * @param to its place in the batch
   * @param tensors of the batch, [rows, {@link #tensors()}]
   */
  void copyTensors(int from, int to, float[] tensors);

  @Override
  default int count() {
    return rows();
  }

  @Override
  default <T> T read(int[] places, Function<Rows, T> use) {
    return use.apply(this);
  }

  @Override
  default Iterator<TrainingRow> all() {
    return IntStream.range(0, rows()).mapToObj(this::row).iterator();
  }

  private TrainingRow row(int place) {
    TrainingRow row =
        new TrainingRow(new float[width()], new float[2 * classes()], new float[tensors()]);
    copy(place, 0, FloatBuffer.wrap(row.features()), row.targets());
    if (tensors() > 0) {
      copyTensors(place, 0, row.tensors());
    }
    return row;
  }
}
