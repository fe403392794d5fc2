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
  static final int WIDTH = 320;

  private static final int LEFT = 42;
  private static final int RIGHT = 310;
  private static final int TOP = 26;

  /** For lines, with numbers left of them. */
  static Frame ofLines() {
    return new Frame(LEFT, TOP, RIGHT, TOP + 160);
  }

  /** As high as wide. */
  static Frame ofSquare() {
    return new Frame(LEFT, TOP, RIGHT, TOP + RIGHT - LEFT);
  }

  /** For so many rows below one another. */
  static Frame ofRows(int rows, int rowHeight) {
    return new Frame(8, 4, RIGHT - 2, 8 + rows * rowHeight);
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
    return bottom + 17;
  }

  /** Line of the words below the horizontal axis. */
  int titleLine() {
    return bottom + 35;
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
}
