package io.sparkdistill.student;

import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.failure.BadInputException;
import java.util.List;

/**
 * What a row's features are to a convolution.
 *
 * @param channels one after the other
 * @param height rows of pixels
 * @param width pixels of a row
 */
record StudentImage(int channels, int height, int width) {
  static StudentImage of(StudentConfig.Cnn cnn, int features) {
    List<Integer> sizes = cnn.image();
    StudentImage image =
        switch (sizes.size()) {
          case 0 -> square((int) Math.sqrt(features));
          case 2 -> new StudentImage(1, sizes.get(0), sizes.get(1));
          default -> new StudentImage(sizes.get(0), sizes.get(1), sizes.get(2));
        };
    if ((long) image.channels * image.height * image.width != features) {
      throw new BadInputException(
          "Cannot build the student, features are no images of "
              + (sizes.isEmpty() ? "a square of one channel" : sizes.toString())
              + ": "
              + features
              + " numbers. Set student.cnn.image to what they are.");
    }
    long pooled = 1;
    for (int i = 0; i < cnn.channels().size(); i++) {
      pooled *= cnn.pool();
      if (pooled > image.height || pooled > image.width) {
        throw new BadInputException(
            "Cannot build the student, nothing of its images is left after "
                + (i + 1)
                + " times of pooling: "
                + image.height
                + " x "
                + image.width
                + " pixels, student.cnn.pool "
                + cnn.pool()
                + ". Use fewer student.cnn.channels or a smaller student.cnn.pool.");
      }
    }
    return image;
  }

  private static StudentImage square(int side) {
    return new StudentImage(1, side, side);
  }
}
