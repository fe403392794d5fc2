package io.sparkdistill.softtargets;

import io.sparkdistill.failure.IntegrityException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.commons.collections4.iterators.PeekingIterator;
import scala.Tuple2;

/** Reads sorted rows of several heads, and gives one for those of one view. Not thread-safe. */
final class JoinedRows implements Iterator<JointRow> {
  private final HeadJoin join;
  private final PeekingIterator<Tuple2<AnswerKey, SoftTarget>> sorted;
  private final int width;

  JoinedRows(HeadJoin join, Iterator<Tuple2<AnswerKey, SoftTarget>> sorted) {
    this.join = join;
    this.sorted = PeekingIterator.peekingIterator(sorted);
    this.width = join.width();
  }

  @Override
  public boolean hasNext() {
    return sorted.hasNext();
  }

  @Override
  public JointRow next() {
    Tuple2<AnswerKey, SoftTarget> begin = sorted.element();
    AnswerKey key = begin._1();
    float[] features = begin._2().features();
    float[] targets = new float[2 * width];
    int before = -1;
    while (more(key)) {
      int head = sorted.element()._1().teacher();
      SoftTarget row = sorted.next()._2();
      if (head == before) {
        throw refused(key, "stands twice in head '" + name(head) + "'");
      }
      if (!Arrays.equals(features, row.features())) {
        throw refused(
            key, "has other features in head '" + name(head) + "' than in '" + name(begin) + "'");
      }
      int place = join.first(head);
      row.putTargets(targets, place, width + place);
      before = head;
    }
    return new JointRow(key.id(), key.view(), features, targets);
  }

  private String name(Tuple2<AnswerKey, SoftTarget> row) {
    return name(row._1().teacher());
  }

  private String name(int head) {
    return join.names().get(head);
  }

  private static IntegrityException refused(AnswerKey key, String found) {
    return new IntegrityException(
        "Cannot join the rows of the heads, row '"
            + key.id()
            + "' "
            + found
            + ". Give each head the same inputs under the same ids.");
  }

  private boolean more(AnswerKey key) {
    return sorted.hasNext() && sorted.element()._1().sameView(key);
  }
}
