package io.sparkdistill.softtargets;

import io.sparkdistill.failure.IntegrityException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import scala.Tuple2;

/** Reads sorted answers, and gives one row for those to one view. Not thread-safe. */
final class CombinedRows implements Iterator<SoftTarget> {
  private final AnswerJoin join;
  private final Iterator<Tuple2<AnswerKey, SoftTarget>> sorted;
  private Optional<Tuple2<AnswerKey, SoftTarget>> first;

  CombinedRows(AnswerJoin join, Iterator<Tuple2<AnswerKey, SoftTarget>> sorted) {
    this.join = join;
    this.sorted = sorted;
    this.first = following();
  }

  @Override
  public boolean hasNext() {
    return first.isPresent();
  }

  @Override
  public SoftTarget next() {
    AnswerKey key = first.orElseThrow(NoSuchElementException::new)._1();
    List<SoftTarget> answers = new ArrayList<>();
    while (first.filter(answer -> answer._1().sameView(key)).isPresent()) {
      if (first.get()._1().teacher() != answers.size()) {
        break;
      }
      answers.add(first.get()._2());
      first = following();
    }
    // What is missing is what should have come next.
    if (answers.size() < join.names().size()) {
      throw missing(key, answers.size());
    }
    if (first.filter(answer -> answer._1().sameView(key)).isPresent()) {
      throw refused(
          key, "several answers of '" + join.names().get(first.get()._1().teacher()) + "'");
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
    int there = teacher > 0 ? 0 : first.map(answer -> answer._1().teacher()).orElse(0);
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

  private Optional<Tuple2<AnswerKey, SoftTarget>> following() {
    return sorted.hasNext() ? Optional.of(sorted.next()) : Optional.empty();
  }
}
