package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pooling by maximum over square windows that do not overlap, with a rectifier behind it, which
 * commutes with the maximum and so has fewer numbers to look at. Remembers where each maximum
 * stood, so that backward compares nothing.
 */
final class MaxPoolTraining implements TrainingLayer {
  static final int MOST = 11;
  private static final int PLACE_BITS = 8;
  private static final int PLACES = (1 << PLACE_BITS) - 1;

  private final int kernel;
  private final int height;
  private final int width;
  private final int channels;
  private final int outHeight;
  private final int outWidth;
  private final Rectifier rectifier;
  private final int[] places;
  private final Floats activations = new Floats();
  private final Floats inputRoom = new Floats();
  private final Floats gradientRoom = new Floats();
  private final Floats inputGradient = new Floats();
  private final float[] plane;
  private final float[] pooled;
  private final float[] above;
  private byte[] chosen = {};
  private int planes;

  /**
   * @param channels of the input, which is [rows, channels, height, width]
   * @param kernel side and distance of the windows, 2 to {@value #MOST}
   */
  MaxPoolTraining(int channels, int height, int width, int kernel, Rectifier rectifier) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.kernel = kernel;
    this.rectifier = rectifier;
    this.outHeight = height / kernel;
    this.outWidth = width / kernel;
    this.plane = new float[height * width];
    this.pooled = new float[outHeight * outWidth];
    this.above = new float[outHeight * outWidth];
    this.places = new int[kernel * kernel];
    for (int i = 0; i < places.length; i++) {
      places[i] = i / kernel * width + i % kernel;
    }
  }

  @Override
  public void resize(int rows) {
    planes = rows * channels;
    activations.shape('c', rows, channels, outHeight, outWidth);
    inputGradient.shape('c', rows, channels, height, width);
    chosen = new byte[planes * pooled.length];
  }

  @Override
  public INDArray forward(INDArray input, Step step) {
    FloatBuffer from = Views.memory(Views.dense(input, 'c', inputRoom));
    for (int i = 0; i < planes; i++) {
      from.get(i * plane.length, plane);
      pool(i * pooled.length);
      activations.memory().put(i * pooled.length, pooled);
    }
    return activations.array();
  }

  private void pool(int first) {
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        int corner = y * kernel * width + x * kernel;
        long best = Long.MIN_VALUE;
        for (int place = 0; place < places.length; place++) {
          int bits = Float.floatToRawIntBits(plane[corner + places[place]]);
          // As numbers with a sign these are in the order of the floats; of equals the first wins.
          long ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
          best = Math.max(best, ordered << PLACE_BITS | (PLACES - place));
        }
        int bits = (int) (best >> PLACE_BITS);
        int to = y * outWidth + x;
        pooled[to] = rectifier.of(Float.intBitsToFloat(bits ^ ((bits >> 31) & Integer.MAX_VALUE)));
        chosen[first + to] = (byte) (PLACES - (best & PLACES));
      }
    }
  }

  @Override
  public void backward(INDArray gradient) {
    FloatBuffer from = Views.memory(Views.dense(gradient, 'c', gradientRoom));
    for (int i = 0; i < planes; i++) {
      from.get(i * pooled.length, above);
      activations.memory().get(i * pooled.length, pooled);
      Arrays.fill(plane, 0);
      spread(i * pooled.length);
      inputGradient.memory().put(i * plane.length, plane);
    }
  }

  private void spread(int first) {
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        int at = y * outWidth + x;
        int corner = y * kernel * width + x * kernel;
        plane[corner + places[chosen[first + at]]] = above[at] * rectifier.derivative(pooled[at]);
      }
    }
  }

  @Override
  public INDArray inputGradient() {
    return inputGradient.array();
  }
}
