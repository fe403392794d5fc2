package io.sparkdistill.examples;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Images and their labels, as MNIST and the data sets made after it are published.
 *
 * @param images a Hadoop URI
 * @param labels the same with other words in its name
 */
record IdxPair(String images, String labels) implements Serializable {
  /** By the name of the first: train-images-idx3-ubyte.gz has train-labels-idx1-ubyte.gz. */
  static IdxPair of(Path images) {
    String name = images.getName();
    String labels = name.replaceFirst("images([-.]idx)\\d", "labels$11");
    if (labels.equals(name)) {
      throw new BadInputException(
          "Cannot read examples from "
              + Secrets.mask(images.toString())
              + ", its name does not say where its labels are. Give the file of the images, named"
              + " such as train-images-idx3-ubyte.gz, with train-labels-idx1-ubyte.gz beside it.");
    }
    return new IdxPair(images.toString(), new Path(images.getParent(), labels).toString());
  }

  /**
   * How many rows there are.
   *
   * @param conf where file systems are configured
   * @return items of both files
   * @throws BadInputException if there are not as many labels as images
   */
  Size size(Configuration conf) {
    try (IdxFile image = IdxFile.open(new Path(images), conf);
        IdxFile label = IdxFile.open(new Path(labels), conf)) {
      int items = image.header().items();
      if (label.header().items() != items || label.header().width() != 1) {
        throw new BadInputException(
            "Cannot read examples from "
                + this
                + ", labels do not fit images: "
                + label.header().sizes()
                + " and "
                + image.header().sizes()
                + ". Give two files that belong together.");
      }
      return new Size(items, image.header().width());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Of the images.
   *
   * @param rows how many there are
   * @param width numbers of each
   */
  record Size(int rows, int width) {}

  /** What to say when reading has failed. */
  DistillException unreadable(IOException e) {
    String text = "Cannot read examples from " + this + ": " + Secrets.mask(e.toString());
    if (e instanceof FileNotFoundException) {
      return new BadInputException(text + ". Put the labels beside the images.", e);
    }
    return e instanceof EOFException || e instanceof ZipException
        ? new BadInputException(text + ". The files end early or are damaged: get them again.", e)
        : new TransientException(text + ". Try again.", e);
  }

  @Override
  public String toString() {
    return Secrets.mask(images) + " and " + Secrets.mask(labels);
  }
}
