package io.sparkdistill.softtargets;

import io.sparkdistill.examples.View;
import java.util.List;

/**
 * A row on its way to Parquet.
 *
 * @param view what the teacher was shown
 * @param inputHash digest of that
 * @param logits C of them, as the teacher gave them
 * @param cells what is stored: the logits, then the teacher's inner tensors
 */
@SuppressWarnings("ArrayRecordComponent") // Written and forgotten.
record ScoredRow(View view, byte[] inputHash, float[] logits, List<byte[]> cells) {}
