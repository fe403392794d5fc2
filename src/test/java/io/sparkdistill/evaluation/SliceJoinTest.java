package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sparkdistill.examples.SlicedId;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows and the slices that were found for them. */
class SliceJoinTest {
  private static final SoftTarget ROW = row("x");
  private static final SlicedId FOUND = new SlicedId("x", List.of(JudgedRows.FIRST));

  @Test
  void rowHasTheSlicesOfItsId() {
    assertThat(new SliceJoin("data").only(ROW, List.of(FOUND))).containsExactly(JudgedRows.FIRST);
  }

  @Test
  void refusesRowsThatAreGoneOrStandTwice() {
    refused("is not there any more. Run label first, or restore the rows.", List.of());
    refused(
        "stands there several times, in other slices. Give the rows that were set aside as bad other"
            + " ids, or remove them.",
        List.of(FOUND, new SlicedId(FOUND.id(), List.of())));
  }

  @Test
  void rowThatWasSetAsideMayHaveTheIdOfAGoodOneInTheSameSlices() {
    assertThat(new SliceJoin("data").only(ROW, List.of(FOUND, FOUND))).isEqualTo(FOUND.slices());
  }

  @Test
  void rowsTakeTheSlicesOfTheirIdsAndIdsWithoutRowsArePassedOver() {
    SlicedId other = new SlicedId("c", List.of());
    Iterator<TestRow> merged =
        new SliceJoin("data")
            .merged(
                List.of(row("b"), row("b"), row("d")).iterator(),
                List.of(id("a"), id("b"), id("b"), other, id("d"), id("e")).iterator());

    assertThat(merged)
        .toIterable()
        .extracting(found -> found.target().id(), TestRow::slices)
        .containsExactly(
            tuple("b", FOUND.slices()), tuple("b", FOUND.slices()), tuple("d", FOUND.slices()));
  }

  @Test
  void refusesRowBehindTheLastId() {
    Iterator<TestRow> merged =
        new SliceJoin("data")
            .merged(List.of(row("a"), row("x")).iterator(), List.of(id("a")).iterator());
    merged.next();

    assertThatThrownBy(merged::next)
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("row 'x' is not there any more");
  }

  private static SoftTarget row(String id) {
    return new SoftTarget(id, 0, 0, new float[1], new float[2]);
  }

  private static SlicedId id(String id) {
    return new SlicedId(id, FOUND.slices());
  }

  private static void refused(String why, List<SlicedId> found) {
    assertThatThrownBy(() -> new SliceJoin("data").only(ROW, found))
        .isInstanceOf(IntegrityException.class)
        .hasMessage("Cannot find the slices of the test set in data, row 'x' " + why);
  }
}
