package io.sparkdistill.evaluation;

import io.sparkdistill.examples.SlicedId;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.collections4.iterators.PeekingIterator;

/**
 * Merges rows and the slices of ids, both sorted by id. Ids that only the slices have are skipped;
 * a row that has none is refused when it is read. Not thread-safe.
 */
final class SlicedRows implements Iterator<TestRow> {
  private final SliceJoin join;
  private final Iterator<SoftTarget> rows;
  private final PeekingIterator<SlicedId> slices;
  private final List<SlicedId> found = new ArrayList<>();

  SlicedRows(SliceJoin join, Iterator<SoftTarget> rows, Iterator<SlicedId> slices) {
    this.join = join;
    this.rows = rows;
    this.slices = PeekingIterator.peekingIterator(slices);
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public TestRow next() {
    SoftTarget row = rows.next();
    // Rows of one id, which are its views, share what was found for the first.
    if (found.isEmpty() || !found.get(0).id().equals(row.id())) {
      find(row.id());
    }
    return new TestRow(row, join.only(row, found));
  }

  private void find(String id) {
    found.clear();
    while (slices.hasNext() && slices.element().id().compareTo(id) < 0) {
      slices.next();
    }
    while (slices.hasNext() && slices.element().id().equals(id)) {
      found.add(slices.next());
    }
  }
}
