package io.sparkdistill.softtargets;

import java.io.Serializable;

/**
 * A row on its way to Parquet. It is a bean because Spark's bean encoder is the one public way to
 * write arrays of primitives without boxing each number; its property names are column names.
 */
@SuppressWarnings({"checkstyle:JavadocMethod", "checkstyle:MissingJavadocMethod"})
public final class ScoredRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private String id = "";
  private byte[] inputHash = {};
  private int label;
  private float[] features = {};
  private byte[] packedLogits = {};
  private float[] plainLogits = {};

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public byte[] getInputHash() {
    return inputHash;
  }

  public void setInputHash(byte[] inputHash) {
    this.inputHash = inputHash;
  }

  public int getLabel() {
    return label;
  }

  public void setLabel(int label) {
    this.label = label;
  }

  public float[] getFeatures() {
    return features;
  }

  public void setFeatures(float[] features) {
    this.features = features;
  }

  public byte[] getPackedLogits() {
    return packedLogits;
  }

  public void setPackedLogits(byte[] packedLogits) {
    this.packedLogits = packedLogits;
  }

  public float[] getPlainLogits() {
    return plainLogits;
  }

  public void setPlainLogits(float[] plainLogits) {
    this.plainLogits = plainLogits;
  }
}
