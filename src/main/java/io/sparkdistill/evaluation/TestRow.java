package io.sparkdistill.evaluation;

import io.sparkdistill.examples.SliceKey;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.List;

/**
 * A row that models are judged on.
 *
 * @param target with the teacher's answer
 * @param slices that it is in
 */
record TestRow(SoftTarget target, List<SliceKey> slices) {}
