package io.sparkdistill.report;

/**
 * The part of a chart inside its axes, in pixels of a chart that is {@value #WIDTH} wide: a page
 * shows charts about as wide, so that their words are of the size of others.
 *
 * @param left of the vertical axis
 * @param top of the vertical axis
 * @param right end of the horizontal axis
 * @param bottom of the vertical axis
 */
record Frame(int left, int top, int right, int bottom) {
  static final int WIDTH = 360;

  private static final int RIGHT = 348;
  private static final int ROW = 40;
  private static final int TOP = 22;

  /** For lines, with numbers left of them. */
  static Frame ofLines() {
    return new Frame(44, TOP, RIGHT, 196);
  }

  /** As high as wide. */
  static Frame ofSquare() {
    return new Frame(44, TOP, RIGHT, TOP + RIGHT - 44);
  }

  /** For so many rows, each below its label. */
  static Frame ofRows(int rows) {
    return new Frame(10, 4, RIGHT - 6, 8 + rows * ROW);
  }

  int width() {
    return WIDTH;
  }

  /** Of the whole chart: below the frame are numbers and words. */
  int height() {
    return bottom + 40;
  }

  /** Line of the numbers below the horizontal axis. */
  int tickLine() {
    return bottom + 16;
  }

  /** Line of the words below the horizontal axis. */
  int titleLine() {
    return bottom + 33;
  }

  /** End of the numbers left of the vertical axis. */
  int tickEnd() {
    return left - 7;
  }

  int middle() {
    return (left + right) / 2;
  }

  Span x() {
    return new Span(left, right);
  }

  /** Upwards. */
  Span y() {
    return new Span(bottom, top);
  }

  /** The middle of a row's marks, which are below its label. */
  double row(int number) {
    return top + number * ROW + 27;
  }

  /** The line of a row's label. */
  double rowLabel(int number) {
    return top + number * ROW + 14;
  }
}
