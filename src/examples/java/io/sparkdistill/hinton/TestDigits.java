package io.sparkdistill.hinton;

import io.sparkdistill.digits.Idx;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.student.StudentScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** MNIST's test set, by digits. */
final class TestDigits {
  private static final int CLASSES = 10;
  private static final int BATCH = 500;
  private static final float WHITE = 255;

  private final Idx images;
  private final Idx labels;

  private TestDigits(Idx images, Idx labels) {
    this.images = images;
    this.labels = labels;
  }

  static TestDigits read(Path mnist) throws IOException {
    return new TestDigits(
        Idx.read(mnist.resolve("t10k-images-idx3-ubyte.gz")),
        Idx.read(mnist.resolve("t10k-labels-idx1-ubyte.gz")));
  }

  /** What a student makes of each digit, from 0 to 9. */
  List<Outcome.Digit> judged(StudentScorer student) {
    long[] rows = new long[CLASSES];
    long[] wrong = new long[CLASSES];
    for (int from = 0; from < images.items(); from += BATCH) {
      int count = Math.min(BATCH, images.items() - from);
      float[] logits = student.score(pixels(from, count), count);
      for (int i = 0; i < count; i++) {
        int label = labels.value(from + i, 0);
        float[] own = Arrays.copyOfRange(logits, i * CLASSES, (i + 1) * CLASSES);
        rows[label]++;
        wrong[label] += Distributions.argMax(own) == label ? 0 : 1;
      }
    }
    List<Outcome.Digit> digits = new ArrayList<>();
    for (int c = 0; c < CLASSES; c++) {
      digits.add(new Outcome.Digit(rows[c], wrong[c]));
    }
    return digits;
  }

  private float[] pixels(int from, int count) {
    int width = images.itemBytes();
    float[] pixels = new float[count * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = images.value(from + i / width, i % width) / WHITE;
    }
    return pixels;
  }
}
