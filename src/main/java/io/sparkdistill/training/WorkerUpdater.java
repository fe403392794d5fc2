package io.sparkdistill.training;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;

/**
 * The updater of one worker.
 *
 * @param state in Deeplearning4j's order; may be empty
 * @param updates that it has seen
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies, and none is ever changed.
record WorkerUpdater(float[] state, int updates) implements Serializable {
  private Object writeReplace() {
    return new Form(this);
  }

  /** What is written in its place, because a record cannot write itself. */
  public static final class Form implements Externalizable {
    private static final long serialVersionUID = 1L;

    private WorkerUpdater updater;

    /** For Java's serialisation alone. */
    public Form() {
      this(new WorkerUpdater(new float[0], 0));
    }

    private Form(WorkerUpdater updater) {
      this.updater = updater;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      FloatsForm.write(updater.state, out);
      out.writeInt(updater.updates);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      updater = new WorkerUpdater(FloatsForm.read(in), in.readInt());
    }

    private Object readResolve() {
      return updater;
    }
  }
}
