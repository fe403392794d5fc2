package io.sparkdistill.objective;

/** A loss, and what its paper says it is. */
@SuppressWarnings("ImmutableEnumChecker") // Losses and formulas are stateless.
enum LossCase {
  HINTON(new Hinton(), Formulas::hinton, 1),
  LOGITS(new Logits(), Formulas::logits, 1),
  DKD(new Decoupled(1.5, 8), Formulas.dkd(1.5, 8), 10),
  DIST(new Dist(2, 1), Formulas.dist(2, 1), 10),
  JENSEN_SHANNON(new JensenShannon(), Formulas::jensenShannon, 1),
  MARGIN_RANKING(new MarginRanking(0.7, 3), Formulas.marginRanking(0.7, 3), 1),
  COSINE(new Cosine(), Formulas::cosine, 1),
  UNIFORM(new Uniform(), Formulas::uniform, 1),
  STANDARDISED_HINTON(new Standardised(new Hinton()), Formulas.standardised(Formulas::hinton), 10),
  STANDARDISED_DKD(
      new Standardised(new Decoupled(1, 4)), Formulas.standardised(Formulas.dkd(1, 4)), 50),
  STANDARDISED_DIST(
      new Standardised(new Dist(1, 1)), Formulas.standardised(Formulas.dist(1, 1)), 50);

  private final SoftLoss loss;
  private final Formulas.Formula formula;
  private final double roughness;

  LossCase(SoftLoss loss, Formulas.Formula formula, double roughness) {
    this.loss = loss;
    this.formula = formula;
    this.roughness = roughness;
  }

  SoftLoss loss() {
    return loss;
  }

  double expected(Rows rows, double temperature) {
    return formula.of(rows, temperature);
  }

  /** By how many times more than Hinton's a difference may miss the slope. */
  double roughness() {
    return roughness;
  }

  /** Whether a student that answers like its teacher has nothing to learn. */
  boolean isLeastAtTheTeacher() {
    return this != UNIFORM && this != MARGIN_RANKING;
  }
}
