package io.sparkdistill.student;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.failure.BadInputException;
import java.util.List;

/** The images that a convolutional student is shown. Stateless. */
final class StudentImage {
  private StudentImage() {}

  static ImageSize of(StudentConfig.Cnn cnn, int features) {
    List<Integer> sizes = cnn.image();
    ImageSize image = ImageSize.of(sizes, features);
    if (!image.holds(features)) {
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
      if (pooled > image.height() || pooled > image.width()) {
        throw new BadInputException(
            "Cannot build the student, nothing of its images is left after "
                + (i + 1)
                + " times of pooling: "
                + image.height()
                + " x "
                + image.width()
                + " pixels, student.cnn.pool "
                + cnn.pool()
                + ". Use fewer student.cnn.channels or a smaller student.cnn.pool.");
      }
    }
    return image;
  }
}
