package io.sparkdistill.evaluation;

/**
 * Two students on the same test rows.
 *
 * @param rows of the test set
 * @param student what the newer one is worth
 * @param incumbent what the other one is worth
 * @param studentAloneWrong rows that the newer one gets wrong and the other right
 * @param incumbentAloneWrong rows that the other one gets wrong and the newer right
 * @param errorsP probability of a difference in errors at least as large if neither were better:
 *     McNemar's test, exact, two-sided
 * @param nllP the same of the mean negative log-likelihood: a paired t-test, two-sided
 * @param klToTeacherP the same of the mean divergence from the teacher
 */
public record PairComparison(
    long rows,
    ModelMetrics student,
    ModelMetrics incumbent,
    long studentAloneWrong,
    long incumbentAloneWrong,
    double errorsP,
    double nllP,
    double klToTeacherP) {
  static PairComparison of(PairTally tally, ModelMetrics student, ModelMetrics incumbent) {
    PairedTally paired = tally.paired();
    return new PairComparison(
        tally.student().rows(),
        student,
        incumbent,
        paired.firstAloneWrong(),
        paired.secondAloneWrong(),
        ModelMetrics.rounded(paired.errorsP()),
        ModelMetrics.rounded(paired.nllP()),
        ModelMetrics.rounded(paired.klP()));
  }
}
