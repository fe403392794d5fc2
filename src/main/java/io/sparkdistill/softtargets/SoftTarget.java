package io.sparkdistill.softtargets;

import java.io.Serializable;

/**
 * One row of the cache.
 *
 * @param id its name
 * @param view which of its views it is, from 0
 * @param label the right answer, 0 to C - 1
 * @param features its input
 * @param logits the teacher's answer, C numbers, up to a constant added to all
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
public record SoftTarget(String id, int view, int label, float[] features, float[] logits)
    implements Serializable {}
