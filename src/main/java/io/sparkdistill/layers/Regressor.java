package io.sparkdistill.layers;

import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.objective.Regression;
import java.nio.FloatBuffer;
import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear map from a student's layer to a teacher's tensor, which learns with the student and is
 * no part of it. Its weights begin as those of Glorot and Bengio, "Understanding the Difficulty of
 * Training Deep Feedforward Neural Networks" (2010), equation 12, normally distributed; its biases
 * with 0. Not thread-safe.
 */
final class Regressor {
  private final Regression map;
  private final Weights weights;
  private final FloatBuffer weightMemory;
  private final FloatBuffer bias;
  private final FloatBuffer biasGradient;
  private final Floats input = new Floats();
  private final Floats output = new Floats();
  private final Floats delta = new Floats();
  private float[] numbers = {};

  /**
   * A map over a part of the memory of all.
   *
   * @param from where its parameters begin there: the weights, and then the biases
   */
  Regressor(Regression map, RegressorMemory memory, int from) {
    this.map = map;
    String key = DefaultParamInitializer.WEIGHT_KEY;
    INDArray matrix = memory.parameters(from, map.in(), map.out());
    this.weights =
        new Weights(Map.of(key, matrix), Map.of(key, memory.gradients(from, map.in(), map.out())));
    this.weightMemory = Views.memory(matrix);
    int biases = from + map.in() * map.out();
    this.bias = memory.parameters().slice(biases, map.out());
    this.biasGradient = memory.gradients().slice(biases, map.out());
  }

  void begin(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    double deviation = Math.sqrt(2.0 / (map.in() + map.out()));
    for (int i = 0; i < weightMemory.limit(); i++) {
      weightMemory.put(i, (float) (deviation * random.nextGaussian()));
    }
    for (int i = 0; i < map.out(); i++) {
      bias.put(i, 0);
    }
  }

  void resize(int rows) {
    int all = rows * map.positions();
    input.shape('c', all, map.in());
    output.shape('c', all, map.out());
    delta.shape('c', all, map.out());
    weights.resize(all);
    numbers = new float[all * Math.max(map.in(), map.out())];
  }

  /**
   * Writes what comes of a layer.
   *
   * @param layer row by row, each channel by channel
   * @param result row by row, each position by position
   */
  void forward(float[] layer, int rows, float[] result) {
    turn(layer, numbers, rows, map.in(), map.positions());
    int all = rows * map.positions();
    input.memory().put(0, numbers, 0, all * map.in());
    weights.forward(input.array(), output.array());
    output.memory().get(0, result, 0, all * map.out());
    for (int i = 0; i < all; i++) {
      for (int o = 0; o < map.out(); o++) {
        result[i * map.out() + o] += bias.get(o);
      }
    }
  }

  /**
   * Writes the gradients of the parameters, summed over the rows, into their memory.
   *
   * @param gradient by what forward gave
   * @param layerGradient is overwritten with that by the layer, in its order
   */
  void backward(float[] gradient, int rows, float[] layerGradient) {
    int all = rows * map.positions();
    for (int o = 0; o < map.out(); o++) {
      double sum = 0;
      for (int i = 0; i < all; i++) {
        sum += gradient[i * map.out() + o];
      }
      biasGradient.put(o, (float) sum);
    }
    delta.memory().put(0, gradient, 0, all * map.out());
    weights.backward(delta.array());
    Views.memory(weights.inputGradient(delta.array())).get(0, numbers, 0, all * map.in());
    turn(numbers, layerGradient, rows, map.positions(), map.in());
  }

  /** Of each row, [slow, fast] as [fast, slow]. */
  private static void turn(float[] from, float[] to, int rows, int slow, int fast) {
    for (int row = 0; row < rows; row++) {
      int first = row * slow * fast;
      for (int s = 0; s < slow; s++) {
        for (int f = 0; f < fast; f++) {
          to[first + f * slow + s] = from[first + s * fast + f];
        }
      }
    }
  }
}
