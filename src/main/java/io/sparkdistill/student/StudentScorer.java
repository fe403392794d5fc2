package io.sparkdistill.student;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A published student that gives logits. Not thread-safe. */
public final class StudentScorer {
  private final MultiLayerNetwork network;
  private final String place;

  private StudentScorer(MultiLayerNetwork network, String place) {
    this.network = network;
    this.place = place;
  }

  /**
   * Opens a student whose checksum was compared.
   *
   * @param zip all of it
   * @param place what messages call it
   * @return ready to score
   * @throws io.sparkdistill.failure.IntegrityException if it holds anything but a student
   */
  public static StudentScorer open(byte[] zip, String place) {
    NativeBackend.choose();
    MultiLayerNetwork network = StudentZip.read(zip, place);
    // Logarithms of published probabilities would be -infinity where they round to zero.
    output(network, place).setActivationFn(new ActivationIdentity());
    return new StudentScorer(network, place);
  }

  /**
   * Another one that scores beside this one, over the same parameters.
   *
   * @return ready to score
   */
  public StudentScorer another() {
    MultiLayerNetwork same = new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
    same.init(network.params(), false);
    return new StudentScorer(same, place);
  }

  private static OutputLayer output(MultiLayerNetwork network, String place) {
    return NetworkShape.output(network.getLayer(network.getnLayers() - 1).conf(), place);
  }

  /**
   * The numbers in a row's features.
   *
   * @return how many
   */
  public long width() {
    return NetworkShape.width(network.getLayerWiseConfigurations());
  }

  /**
   * The numbers in a row's logits.
   *
   * @return C
   */
  public long classes() {
    return output(network, place).getNOut();
  }

  /**
   * How many numbers were learned.
   *
   * @return at least 1
   */
  public long parameters() {
    return network.numParams();
  }

  /**
   * Scores rows.
   *
   * @param features rows times width numbers, row by row
   * @param rows at least 1
   * @return rows times classes logits, row by row
   */
  public float[] score(float[] features, int rows) {
    try (INDArray input = Nd4j.create(features, new long[] {rows, features.length / rows}, 'c')) {
      return network.output(input, false).dup('c').data().asFloat();
    }
  }
}
