package io.sparkdistill.softtargets;

import java.io.Serializable;

/**
 * What several heads learn from one input.
 *
 * @param id its name
 * @param view which of its views it is, from 0
 * @param features its input
 * @param targets 2W numbers with W the classes of all heads: all labels side by side, then all
 *     answers, each as {@link SoftTarget#putTargets} writes it; zeros where a head does not have it
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
public record JointRow(String id, int view, float[] features, float[] targets)
    implements Serializable {}
