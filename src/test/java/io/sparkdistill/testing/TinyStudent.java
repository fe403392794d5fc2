package io.sparkdistill.testing;

import io.sparkdistill.student.NativeBackend;
import io.sparkdistill.student.StudentZip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A published student that answers as a {@link TinyTeacher} does: a linear one. */
public final class TinyStudent {
  private static final float SCALE = 4;

  private TinyStudent() {}

  /** The zip of a student for rows of a width. */
  public static byte[] zip(int width, int classes) {
    NativeBackend.choose();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.feedForward(width))
            .build();
    // Weights of one class after the other, then the biases.
    float[] parameters = new float[width * classes + classes];
    for (int i = 0; i < width; i++) {
      parameters[i % classes * width + i] = SCALE;
    }
    return StudentZip.write(configuration, parameters);
  }

  /** Writes the student of {@link TinyDigits}. */
  public static Path write(Path file) {
    try {
      return Files.write(file, zip(TinyDigits.WIDTH, TinyDigits.CLASSES));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
