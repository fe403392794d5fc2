package io.sparkdistill.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * Adds contributions up in a tree, as Spark's treeReduce does, so that the driver receives few of
 * them; but always in the order of the workers. Spark adds in the order of arrival, and sums of
 * floats in another order are other sums.
 */
final class OrderedTreeReduce {
  private final int fanIn;

  /** With so many contributions a task, and at most as many on the driver. */
  OrderedTreeReduce(int fanIn) {
    this.fanIn = fanIn;
  }

  /** One Spark job; contributions are keyed by worker, and workers without one may be missing. */
  <T extends Summand<T>> T reduce(JavaPairRDD<Integer, T> contributions, int workers) {
    JavaPairRDD<Integer, T> level = contributions;
    int width = workers;
    while (width > fanIn) {
      int group = fanIn;
      width = groups(width);
      level =
          level
              .mapToPair(keyed -> new Tuple2<>(keyed._1() / group, keyed))
              .groupByKey(width)
              .mapValues(OrderedTreeReduce::inOrder);
    }
    return inOrder(level.collect());
  }

  /** How many sums of so many contributions are left for the driver. */
  int last(int workers) {
    int width = workers;
    while (width > fanIn) {
      width = groups(width);
    }
    return width;
  }

  private int groups(int width) {
    return (width + fanIn - 1) / fanIn;
  }

  /** Adds up what one place has. */
  static <T extends Summand<T>> T inOrder(Iterable<Tuple2<Integer, T>> keyed) {
    List<Tuple2<Integer, T>> sorted = new ArrayList<>();
    keyed.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Tuple2::_1));
    T sum = sorted.get(0)._2();
    for (Tuple2<Integer, T> next : sorted.subList(1, sorted.size())) {
      sum = sum.plus(next._2());
    }
    return sum;
  }
}
