package io.sparkdistill.training.rows;

import java.io.File;
import java.util.List;

/** One worker's rows for tests of what is done with them, wherever they may be kept. */
public final class KeptRows {
  private KeptRows() {}

  /** In memory. */
  public static Rows packed(List<TrainingRow> rows) {
    return PackedRows.of(rows.iterator());
  }

  /** In a file that has no name any more. */
  public static RowSource filed(File place, List<TrainingRow> rows) {
    return RowFile.write(place, rows.iterator());
  }

  /** Read again each time. */
  public static RowSource streamed(File place, List<TrainingRow> rows) {
    return new StreamedRows(rows.iterator(), () -> place);
  }

  /** Those of a file are gone then. */
  public static void close(RowSource filed) {
    ((RowFile) filed).close();
  }
}
