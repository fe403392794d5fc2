package io.sparkdistill.report;

import java.util.List;

/** Gives numbers their places along an axis. Immutable and thread-safe. */
sealed interface Scale permits LinearScale, LogScale {
  /** The pixel of a finite number; what is beyond the axis is at its end. */
  double at(double value);

  /** Round numbers on the axis, in rising order; at least two. */
  List<Tick> ticks();
}
