package io.sparkdistill.export;

import io.sparkdistill.config.StudentConfig;

/**
 * A student with fewer units.
 *
 * @param student layers that are left
 * @param parameters all of them, in Deeplearning4j's order
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not shared.
public record PrunedStudent(StudentConfig student, float[] parameters) {}
