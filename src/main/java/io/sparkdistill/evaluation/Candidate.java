package io.sparkdistill.evaluation;

import java.io.Serializable;

/**
 * A student that is to be judged.
 *
 * @param name in {@link Metrics#models()}
 * @param place where it was read from, for messages
 * @param zip all of it
 */
@SuppressWarnings("ArrayRecordComponent") // Broadcast once, never changed.
public record Candidate(String name, String place, byte[] zip) implements Serializable {}
