package io.sparkdistill.bench;

import io.sparkdistill.digits.Idx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The first training rows of MNIST.
 *
 * @param pixels from 0 to 1, row by row
 * @param labels 0 to 9
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed.
record TrainingDigits(float[] pixels, int[] labels) {
  static TrainingDigits read(Path mnist) throws IOException {
    byte[] images = Idx.read(mnist.resolve("train-images-idx3-ubyte.gz")).values();
    byte[] labels = Idx.read(mnist.resolve("train-labels-idx1-ubyte.gz")).values();
    float[] pixels = new float[Student.ROWS * Student.WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (images[i] & 0xff) / 255f;
    }
    return new TrainingDigits(
        pixels, IntStream.range(0, Student.ROWS).map(i -> labels[i]).toArray());
  }

  float[] row(int number) {
    return Arrays.copyOfRange(pixels, number * Student.WIDTH, (number + 1) * Student.WIDTH);
  }

  float[] oneHot(int number) {
    float[] oneHot = new float[Student.CLASSES];
    oneHot[labels[number]] = 1;
    return oneHot;
  }
}
