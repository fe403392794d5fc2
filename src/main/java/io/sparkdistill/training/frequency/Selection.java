package io.sparkdistill.training.frequency;

/** Finds a number by its place in their order, without sorting a copy of all. Stateless. */
final class Selection {
  private Selection() {}

  /**
   * The number that would stand at a place if they were sorted (Hoare, "Algorithm 65: Find", 1961).
   * Those before it are then no larger, and those behind it no smaller.
   *
   * @param numbers none of them NaN; they are reordered
   * @param place from 0
   */
  static double smallest(double[] numbers, int place) {
    int from = 0;
    int to = numbers.length - 1;
    while (from < to) {
      double pivot = median(numbers[from], numbers[(from + to) >>> 1], numbers[to]);
      int left = from;
      int right = to;
      while (left <= right) {
        while (numbers[left] < pivot) {
          left++;
        }
        while (pivot < numbers[right]) {
          right--;
        }
        if (left <= right) {
          double moved = numbers[left];
          numbers[left++] = numbers[right];
          numbers[right--] = moved;
        }
      }
      // What lies between both is equal to the pivot.
      if (place <= right) {
        to = right;
      } else if (place >= left) {
        from = left;
      } else {
        return numbers[place];
      }
    }
    return numbers[place];
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
