package io.sparkdistill.teacher;

import java.util.List;

/**
 * What a teacher says about rows.
 *
 * @param logits rows times C, row by row
 * @param intermediates of each tensor that was asked for, rows times its width
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
public record Answers(float[] logits, List<float[]> intermediates) {}
