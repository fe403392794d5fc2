package io.sparkdistill.student;

import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.nn.conf.layers.DenseLayer;

/** Tells whether bytes of a file had code run: on deserialisation, or on loading a class. */
final class Canary implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final AtomicBoolean WOKE = new AtomicBoolean();

  static void forget() {
    WOKE.set(false);
  }

  static boolean woke() {
    return WOKE.get();
  }

  @SuppressWarnings("UnusedVariable") // The signature that Java looks for.
  private void readObject(ObjectInputStream in) {
    WOKE.set(true);
  }

  /** Wakes the canary when it is initialised; nothing but JSON may name it. */
  static final class Layer extends DenseLayer {
    private static final long serialVersionUID = 1L;

    static {
      WOKE.set(true);
    }
  }
}
