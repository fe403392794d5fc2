package io.sparkdistill.training;

/**
 * The outcome of a training.
 *
 * @param parameters all of them, in Deeplearning4j's order
 * @param workers that trained side by side
 * @param steps local steps of the worker with the most rows
 * @param finalLoss mean over the samples of the last round
 * @param rounds what was written about all rounds, as comma-separated values below their names
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not shared.
public record TrainedStudent(
    float[] parameters, int workers, int steps, double finalLoss, String rounds) {}
