package io.sparkdistill.teacher;

import io.sparkdistill.examples.Example;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.student.StudentScorer;
import java.util.Arrays;
import java.util.List;

/**
 * A published student that is ready to score: what it gives are the numbers before its softmax.
 * Deeplearning4j's networks are not thread-safe, so that each batch has one of its own; all share
 * the parameters.
 */
final class Dl4jTeacher implements Teacher {
  private final StudentScorer network;
  private final int width;

  private Dl4jTeacher(StudentScorer network, int width) {
    this.network = network;
    this.width = width;
  }

  /**
   * Opens a zip that was inspected.
   *
   * @throws BadInputException if rows or classes are other ones than it was trained on
   */
  static Dl4jTeacher open(byte[] zip, Dl4jSpec spec) {
    StudentScorer network = Dl4jModelFile.opened(zip, spec.place());
    if (network.width() != spec.width()) {
      throw refused(
          spec, "it reads " + network.width() + " features and rows have " + spec.width(), "");
    }
    if (network.classes() != spec.classes()) {
      throw refused(
          spec,
          "it gives "
              + network.classes()
              + " logits a row and dataset.classes is "
              + spec.classes(),
          "Correct dataset.classes, or give ");
    }
    return new Dl4jTeacher(network, spec.width());
  }

  private static BadInputException refused(Dl4jSpec spec, String why, String remedy) {
    return new BadInputException(
        "Cannot use teacher "
            + spec.place()
            + ", "
            + why
            + ". "
            + (remedy.isEmpty() ? "Give the data that it was trained on, or " : remedy)
            + "another "
            + spec.key()
            + ".dl4j.");
  }

  @Override
  public synchronized Batch batch(int rows) {
    return new Dl4jBatch(network.another(), rows);
  }

  @Override
  public void close() {
    // The garbage collector frees ND4J's memory.
  }

  private final class Dl4jBatch implements Batch {
    private final StudentScorer own;
    private final float[] features;

    Dl4jBatch(StudentScorer own, int rows) {
      this.own = own;
      this.features = new float[rows * width];
    }

    @Override
    public void put(int row, Example example) {
      System.arraycopy(example.features(), 0, features, row * width, width);
    }

    @Override
    public Answers score(int rows) {
      int numbers = rows * width;
      float[] some = numbers == features.length ? features : Arrays.copyOf(features, numbers);
      return new Answers(own.score(some, rows), List.of());
    }
  }
}
