package io.sparkdistill.examples;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A row by its name.
 *
 * @param id of the row
 * @param slices that it is in, perhaps none
 */
public record SlicedId(String id, List<SliceKey> slices) implements Serializable {
  /** Copies the slices into a plain list, because they travel by Java serialization. */
  public SlicedId {
    slices = new ArrayList<>(slices);
  }
}
