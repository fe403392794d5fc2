package io.sparkdistill.bench;

import java.util.List;

/**
 * The counted repetitions of one system with one network.
 *
 * @param network the teacher or the student
 * @param system its name
 * @param answers of all repetitions; none if the system failed
 * @param failure why there are none, or empty
 */
record Series(String network, String system, List<Answer> answers, String failure) {
  Series {
    answers = List.copyOf(answers);
  }

  boolean failed() {
    return answers.isEmpty();
  }

  double median() {
    double[] sorted = sorted();
    return sorted[sorted.length / 2];
  }

  double least() {
    return sorted()[0];
  }

  double most() {
    return sorted()[answers.size() - 1];
  }

  private double[] sorted() {
    return answers.stream().mapToDouble(Answer::rowsPerSecond).sorted().toArray();
  }
}
