package io.sparkdistill.examples;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Some rows of a pair of files, one after the other: place in the file, numbers from 0 to 1, label.
 * Not thread-safe.
 */
final class IdxRows implements Iterator<InternalRow> {
  private static final float WHITE = 255;

  private final IdxPair pair;
  private final IdxFile images;
  private final IdxFile labels;
  private final byte[] image;
  private final byte[] label = new byte[1];
  private final int end;
  private int next;

  private IdxRows(IdxPair pair, IdxFile images, IdxFile labels, int first, int end)
      throws IOException {
    this.pair = pair;
    this.images = images;
    this.labels = labels;
    this.image = new byte[images.header().width()];
    this.next = first;
    this.end = end;
    images.skip(first);
    labels.skip(first);
  }

  /** Opens both files until the task ends. */
  static IdxRows of(IdxPair pair, int first, int end, Configuration conf) {
    try {
      IdxFile images = closedWithTask(IdxFile.open(new Path(pair.images()), conf));
      IdxFile labels = closedWithTask(IdxFile.open(new Path(pair.labels()), conf));
      return new IdxRows(pair, images, labels, first, end);
    } catch (IOException e) {
      throw pair.unreadable(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next < end;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      images.read(image);
      labels.read(label);
    } catch (IOException e) {
      throw pair.unreadable(e);
    }
    float[] features = new float[image.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = (image[i] & 0xff) / WHITE;
    }
    return new GenericInternalRow(
        new Object[] {
          (long) next++, UnsafeArrayData.fromPrimitiveArray(features), label[0] & 0xff
        });
  }

  private static IdxFile closedWithTask(IdxFile file) {
    TaskCompletionListener close = task -> IOUtils.closeStream(file);
    TaskContext.get().addTaskCompletionListener(close);
    return file;
  }
}
