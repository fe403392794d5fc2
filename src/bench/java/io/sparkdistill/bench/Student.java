package io.sparkdistill.bench;

import java.util.Locale;

/** Students to measure with: those of the script for PyTorch, with the same names. */
enum Student {
  MLP("MLP 784-800-800-10"),
  CNN("CNN 16-32, dense 128");

  static final int ROWS = 25_600;
  static final int WORKERS = 2;
  static final int BATCH = 128;
  static final int AVERAGE_EVERY = 20;
  static final int WIDTH = 784;
  static final int CLASSES = 10;

  /** The first epoch of each repetition is not counted. */
  static final int EPOCHS = 3;

  private final String title;

  Student(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  static Student named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
