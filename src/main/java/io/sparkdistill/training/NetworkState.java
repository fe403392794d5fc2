package io.sparkdistill.training;

import io.sparkdistill.layers.TrainingNetwork;
import io.sparkdistill.math.FloatArrays;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;

/**
 * What averaging averages.
 *
 * @param parameters all of them, in Deeplearning4j's order
 * @param updater the updater's state, which may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies; changed by new owners alone.
record NetworkState(float[] parameters, float[] updater) implements Serializable {
  /** Where a network stands. */
  static NetworkState of(TrainingNetwork network) {
    return new NetworkState(network.parameters(), network.updaterState());
  }

  private Object writeReplace() {
    return new Form(this);
  }

  /** What is written in its place, because a record cannot write itself. */
  public static final class Form implements Externalizable {
    private static final long serialVersionUID = 1L;

    private NetworkState state;

    /** For Java's serialisation alone. */
    public Form() {
      this(new NetworkState(new float[0], new float[0]));
    }

    private Form(NetworkState state) {
      this.state = state;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      FloatsForm.write(state.parameters, out);
      FloatsForm.write(state.updater, out);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      state = new NetworkState(FloatsForm.read(in), FloatsForm.read(in));
    }

    private Object readResolve() {
      return state;
    }
  }

  boolean isFinite() {
    return FloatArrays.areFinite(parameters);
  }
}
