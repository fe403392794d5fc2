package io.sparkdistill.softtargets;

import io.sparkdistill.examples.View;

/**
 * A row on its way to Parquet.
 *
 * @param view what the teacher was shown
 * @param inputHash digest of that
 * @param logits C of them, as the teacher gave them
 * @param packed the same by a packed codec; empty for others
 */
@SuppressWarnings("ArrayRecordComponent") // Written and forgotten.
record ScoredRow(View view, byte[] inputHash, float[] logits, byte[] packed) {}
