package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.math.Distributions;
import java.util.Locale;

/**
 * Looks at a sample of a teacher's answers, whether they are the logits or the probabilities that
 * they are said to be: a softmax of probabilities is nearly uniform, and no later number shows why.
 * Not thread-safe.
 */
public final class KindCheck {
  private static final double OF_SOFTMAX = 1e-3;

  private final AnswerKind kind;
  private final String place;
  private final String key;
  private final String where;
  private int rows;
  private int alike;

  /**
   * Has seen nothing yet.
   *
   * @param kind what answers are said to be; nothing is looked at where it is none
   * @param place of the teacher, for messages
   * @param key of the teacher in the configuration
   * @param where the key below it that chooses the answers
   */
  KindCheck(AnswerKind kind, String place, String key, String where) {
    this.kind = kind;
    this.place = place;
    this.key = key;
    this.where = where;
  }

  /**
   * Looks at one answer.
   *
   * @param id of the row
   * @param logits that became of the answer, of probabilities their logarithms; what is not finite
   *     is passed over
   * @throws BadInputException if probabilities are none
   */
  public void see(String id, float[] logits) {
    double sum = 0;
    boolean positive = true;
    for (float logit : logits) {
      sum += kind == AnswerKind.PROBABILITIES ? Math.exp(logit) : logit;
      positive &= logit >= 0;
    }
    if (!Double.isFinite(sum)) {
      return;
    }
    rows++;
    alike += positive && Math.abs(sum - 1) <= OF_SOFTMAX ? 1 : 0;
    if (kind == AnswerKind.PROBABILITIES && Math.abs(sum - 1) > Distributions.ROUNDING) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Cannot use teacher %s, its answers are no probabilities: those to row '%s' have the"
                  + " sum %.4g. Set %s.kind to logits, or name probabilities in %s.%s.",
              place,
              id,
              sum,
              key,
              key,
              where));
    }
  }

  /**
   * Judges what was seen.
   *
   * @throws BadInputException if all answers look like probabilities and are said to be logits
   */
  public void require() {
    if (kind == AnswerKind.LOGITS && rows > 0 && alike == rows) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Cannot use teacher %s, its answers should be logits and look like probabilities, none"
                  + " below 0 and with the sum 1 in each row that was looked at: %d rows. Set"
                  + " %s.kind to probabilities, or name logits in %s.%s.",
              place,
              rows,
              key,
              key,
              where));
    }
  }
}
