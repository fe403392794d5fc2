package io.sparkdistill.failure;

import java.util.Optional;
import java.util.stream.Stream;

/** Looks below an exception: Spark wraps what tasks throw, sometimes twice. Stateless. */
public final class Causes {
  /** Deeper than anything that is thrown; causes may go in a circle. */
  private static final int DEPTH = 20;

  private Causes() {}

  /**
   * An exception and all that caused it.
   *
   * @param thrown the outermost
   * @return outermost first
   */
  public static Stream<Throwable> of(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(DEPTH);
  }

  /**
   * The outermost cause of a type.
   *
   * @param <T> the type
   * @param thrown an exception, which may itself be of the type
   * @param type its class
   * @return empty if there is none
   */
  public static <T extends Throwable> Optional<T> first(Throwable thrown, Class<T> type) {
    return of(thrown).filter(type::isInstance).map(type::cast).findFirst();
  }
}
