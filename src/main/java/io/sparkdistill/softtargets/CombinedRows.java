package io.sparkdistill.softtargets;

import io.sparkdistill.failure.IntegrityException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.collections4.iterators.PeekingIterator;
import scala.Tuple2;

/** Reads sorted answers, and gives one row for those to one view. Not thread-safe. */
final class CombinedRows implements Iterator<SoftTarget> {
  private final AnswerJoin join;
  private final PeekingIterator<Tuple2<AnswerKey, SoftTarget>> sorted;

  CombinedRows(AnswerJoin join, Iterator<Tuple2<AnswerKey, SoftTarget>> sorted) {
    this.join = join;
    this.sorted = PeekingIterator.peekingIterator(sorted);
  }

  @Override
  public boolean hasNext() {
    return sorted.hasNext();
  }

  @Override
  public SoftTarget next() {
    AnswerKey key = sorted.element()._1();
    List<SoftTarget> answers = new ArrayList<>();
    while (more(key) && sorted.element()._1().teacher() == answers.size()) {
      answers.add(sorted.next()._2());
    }
    // What is missing is what should have come next.
    if (answers.size() < join.names().size()) {
      throw missing(key, answers.size());
    }
    if (more(key)) {
      throw refused(
          key, "several answers of '" + join.names().get(sorted.element()._1().teacher()) + "'");
    }
    return combined(key, answers);
  }

  private SoftTarget combined(AnswerKey key, List<SoftTarget> answers) {
    int label = answers.get(0).label();
    for (int k = 1; k < answers.size(); k++) {
      if (answers.get(k).label() != label) {
        throw refused(
            key,
            "label "
                + label
                + " with '"
                + join.names().get(0)
                + "' and "
                + answers.get(k).label()
                + " with '"
                + join.names().get(k)
                + "'");
      }
    }
    float[] logits =
        join.combination().of(answers.stream().map(SoftTarget::logits).toList(), label);
    float[][] tensors =
        answers.stream().flatMap(answer -> Stream.of(answer.tensors())).toArray(float[][]::new);
    return answers.get(join.shown()).answered(logits).with(tensors);
  }

  private IntegrityException missing(AnswerKey key, int teacher) {
    int there = teacher > 0 ? 0 : sorted.element()._1().teacher();
    String other = join.names().get(there);
    return refused(
        key, "an answer of '" + other + "' and none of '" + join.names().get(teacher) + "'");
  }

  private static IntegrityException refused(AnswerKey key, String found) {
    return new IntegrityException(
        "Cannot combine what the teachers say, row '"
            + key.id()
            + "' has "
            + found
            + ". Run label; correct what one of them has set aside.");
  }

  private boolean more(AnswerKey key) {
    return sorted.hasNext() && sorted.element()._1().sameView(key);
  }
}
