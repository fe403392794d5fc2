package io.sparkdistill.softtargets;

import io.sparkdistill.failure.IntegrityException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import scala.Tuple2;

/** Reads sorted rows of several heads, and gives one for those of one view. Not thread-safe. */
final class JoinedRows implements Iterator<SoftTarget> {
  private final HeadJoin join;
  private final Iterator<Tuple2<AnswerKey, SoftTarget>> sorted;
  private final int width;
  private Optional<Tuple2<AnswerKey, SoftTarget>> first;

  JoinedRows(HeadJoin join, Iterator<Tuple2<AnswerKey, SoftTarget>> sorted) {
    this.join = join;
    this.sorted = sorted;
    this.width = join.width();
    this.first = following();
  }

  @Override
  public boolean hasNext() {
    return first.isPresent();
  }

  @Override
  public SoftTarget next() {
    Tuple2<AnswerKey, SoftTarget> begin = first.orElseThrow(NoSuchElementException::new);
    AnswerKey key = begin._1();
    float[] features = begin._2().features();
    float[] targets = new float[2 * width];
    int before = -1;
    while (first.filter(row -> row._1().sameView(key)).isPresent()) {
      int head = first.get()._1().teacher();
      SoftTarget row = first.get()._2();
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
      first = following();
    }
    return new SoftTarget(key.id(), key.view(), SoftTarget.JOINED, features, targets);
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

  private Optional<Tuple2<AnswerKey, SoftTarget>> following() {
    return sorted.hasNext() ? Optional.of(sorted.next()) : Optional.empty();
  }
}
