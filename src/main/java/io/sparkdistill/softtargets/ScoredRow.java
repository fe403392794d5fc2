package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;

/**
 * A row on its way to Parquet.
 *
 * @param example as it was read
 * @param inputHash digest of the features, {@link SoftTargetColumns#HASH_BYTES} bytes
 * @param logits C of them, as the teacher gave them
 * @param packed the same by a packed codec; empty for others
 */
@SuppressWarnings("ArrayRecordComponent") // Written and forgotten.
record ScoredRow(Example example, byte[] inputHash, float[] logits, byte[] packed) {}
