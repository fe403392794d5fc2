package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** An id decides alone, and about as many are held out as were asked for. */
class HeldOutTest {
  @Property(seed = "1", tries = 30)
  void fractionIsAboutTheShareOfIds(@ForAll @DoubleRange(min = 0.01, max = 0.9) double fraction) {
    HeldOut heldOut = HeldOut.forValidation(fraction);
    int held = 0;
    for (int i = 0; i < 4_000; i++) {
      held += heldOut.holds(row("row-" + i, 0)) ? 1 : 0;
    }
    double error = 5 * Math.sqrt(fraction * (1 - fraction) / 4_000);
    assertThat(held / 4_000.0).isBetween(fraction - error, fraction + error);
  }

  @Property(seed = "2")
  void viewsOfARowAreOnOneSideAndWhatIsHeldOutStaysSoInALargerFraction(@ForAll String id) {
    boolean held = HeldOut.forValidation(0.3).holds(row(id, 0));
    assertThat(HeldOut.forValidation(0.3).holds(row(id, 7))).isEqualTo(held);
    assertThat(HeldOut.forValidation(0.4).holds(row(id, 0)) || !held).isTrue();
  }

  @Example
  void workersHaveEqualShares() {
    int[] held = new int[2];
    for (int i = 0; i < 8_000; i++) {
      String id = Integer.toString(i);
      held[Math.floorMod(id.hashCode(), 2)] += HeldOut.forValidation(0.5).holds(row(id, 0)) ? 1 : 0;
    }
    assertThat(held[0]).isBetween(1_840, 2_160);
    assertThat(held[1]).isBetween(1_840, 2_160);
  }

  private static SoftTarget row(String id, int view) {
    return new SoftTarget(id, view, 0, new float[1], new float[2]);
  }
}
