package io.sparkdistill.softtargets;

import io.sparkdistill.examples.View;
import java.io.Serializable;

/**
 * A row as it is read from files.
 *
 * @param view what the teacher was shown; without features where the cache has none
 * @param inputHash of what the teacher was shown
 * @param logits its answer
 * @param tensors what is inside it, of each tensor that was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // Read and handed on.
record CachedRow(View view, byte[] inputHash, float[] logits, float[][] tensors)
    implements Serializable {
  SoftTarget with(float[] features) {
    return new SoftTarget(
        view.example().id(),
        view.number(),
        view.example().label(),
        features,
        logits,
        view.example().weight(),
        tensors);
  }
}
