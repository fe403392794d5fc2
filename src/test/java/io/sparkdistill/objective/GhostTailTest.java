package io.sparkdistill.objective;

import static io.sparkdistill.objective.Rows.objective;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** Classes that the cache did not keep are one, and the student divides it as it likes. */
class GhostTailTest {
  private static final double TAIL = -3;

  @Property(seed = "1")
  void valueIsThatOfOneClassMore(
      @ForAll("rows") Rows rows, @ForAll @DoubleRange(min = 0.5, max = 8) double temperature) {
    float[] z = rows.student(0);
    double[] p = Formulas.softmax(Formulas.doubles(rows.teacher(0)), temperature);
    double[] q = Formulas.softmax(Formulas.doubles(z), temperature);
    double[] few = {p[0], p[1], p[2] + p[3] + p[4]};
    double[] fewOfStudent = {q[0], q[1], q[2] + q[3] + q[4]};
    assertThat(rows.loss(objective(new GhostTail(new Hinton()), temperature, 1)))
        .isCloseTo(
            temperature * temperature * Formulas.kl(few, fewOfStudent),
            within(1e-5 * temperature * temperature));
  }

  @Property(seed = "2")
  void gradientIsTheSlopeOfTheValue(
      @ForAll("rows") Rows rows, @ForAll @DoubleRange(min = 0.5, max = 8) double temperature) {
    for (RowLoss loss : new RowLoss[] {new Hinton(), new JensenShannon(), new Decoupled(1, 2)}) {
      Objective objective = objective(new GhostTail(loss), temperature, 1);
      float[] gradient = rows.gradient(objective);
      for (int i = 0; i < gradient.length; i++) {
        assertThat((double) gradient[i])
            .isCloseTo(rows.slope(objective, 0, i), within(1e-3 * (1 + temperature)));
      }
    }
  }

  @Property(seed = "3")
  void studentIsFreeInHowItDividesTheTail(@ForAll("rows") Rows rows) {
    Objective objective = objective(new GhostTail(new Hinton()), 2, 1);
    float[] z = rows.student(0);
    float[] exchanged = {z[0], z[1], z[4], z[2], z[3]};
    assertThat(Rows.of(exchanged, rows.teacher(0), 0).loss(objective))
        .isCloseTo(rows.loss(objective), within(1e-5));
  }

  @Example
  void tailOfOneClassChangesNothing() {
    Rows rows = Rows.of(new float[] {1, 2, -1}, new float[] {3, 0, -2}, 0);
    assertThat(rows.loss(objective(new GhostTail(new Hinton()), 2, 1)))
        .isCloseTo(rows.loss(objective(new Hinton(), 2, 1)), within(1e-6));
  }

  @Example
  void labelThatWasNotKeptIsAClassOfItsOwn() {
    Rows rows = Rows.of(new float[] {1, 2, -1, 0}, new float[] {3, -2, -2, -2}, 2);
    Rows few =
        Rows.of(
            new float[] {1, -1, (float) (2 * Math.log(Math.exp(1) + 1))},
            new float[] {3, -2, (float) (-2 + 2 * Math.log(2))},
            1);
    Decoupled loss = new Decoupled(1, 2);
    assertThat(rows.loss(objective(new GhostTail(loss), 2, 1)))
        .isCloseTo(few.loss(objective(loss, 2, 1)), within(1e-5));
  }

  @Example
  void extremeLogitsGiveFiniteValuesAndGradients() {
    float[][] extremes = {{1e4f, -1e4f, 1e4f, 0}, {7, 7, 7, 7}, {0, 1e4f, 0, 0}, {-1e4f, 0, 0, 0}};
    for (float[] student : extremes) {
      for (float[] teacher : extremes) {
        for (int label = 0; label < 4; label++) {
          for (RowLoss loss :
              new RowLoss[] {new Hinton(), new JensenShannon(), new Decoupled(1, 2)}) {
            Rows rows = Rows.of(student, teacher, label);
            Objective objective = objective(new GhostTail(loss), 0.5, 0.5);
            assertThat(rows.loss(objective)).as("%s %s", loss, rows).isFinite();
            for (float value : rows.gradient(objective)) {
              assertThat(value).as("%s %s", loss, rows).isFinite();
            }
          }
        }
      }
    }
  }

  @Provide
  Arbitrary<Rows> rows() {
    Arbitrary<float[]> kept =
        Arbitraries.floats()
            .between(-2, 6)
            .ofScale(3)
            .withoutEdgeCases()
            .array(float[].class)
            .ofSize(2);
    Arbitrary<float[]> student =
        Arbitraries.floats()
            .between(-4, 4)
            .ofScale(3)
            .withoutEdgeCases()
            .array(float[].class)
            .ofSize(5);
    return Combinators.combine(kept, student)
        .as(
            (best, z) ->
                Rows.of(
                    z,
                    new float[] {best[0], best[1], (float) TAIL, (float) TAIL, (float) TAIL},
                    0));
  }
}
