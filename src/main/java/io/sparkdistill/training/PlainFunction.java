package io.sparkdistill.training;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A function that Spark takes as it is. What its Java interface takes, it wraps into closures of
 * its own classes, and for each of them it unpacks and reads these classes in every job, to find
 * what the closure need not hold. A lambda of Java holds what it names and nothing else.
 *
 * @param <A> first argument
 * @param <B> second argument
 * @param <R> result
 */
interface PlainFunction<A, B, R> extends Function2<A, B, R>, Serializable {
  /**
   * Other elements for each partition; nothing is computed yet.
   *
   * @param change takes the partition's number and elements
   */
  static <T, U> JavaRDD<U> mapped(
      JavaRDD<T> elements, PlainFunction<Object, Iterator<T>, Iterator<U>> change) {
    return elements.rdd().mapPartitionsWithIndex(change, false, PlainFunction.<U>tag()).toJavaRDD();
  }

  /**
   * New elements from the partitions of two, which have as many; nothing is computed yet.
   *
   * @param join takes the elements of one partition of each
   */
  static <S, T, U> JavaRDD<U> zipped(
      JavaRDD<S> left,
      JavaRDD<T> right,
      PlainFunction<Iterator<S>, Iterator<T>, Iterator<U>> join) {
    return left.rdd()
        .zipPartitions(right.rdd(), join, PlainFunction.<T>tag(), PlainFunction.<U>tag())
        .toJavaRDD();
  }

  /**
   * Runs one job.
   *
   * @param last takes the elements of a partition, at the end of its task
   * @return what it gave, by partition
   */
  static <T, U> List<U> results(
      JavaRDD<T> elements, PlainFunction<TaskContext, Iterator<T>, U> last) {
    @SuppressWarnings("unchecked") // An array of objects, by its tag.
    U[] results = (U[]) elements.context().runJob(elements.rdd(), last, PlainFunction.<U>tag());
    return List.of(results);
  }

  private static <T> ClassTag<T> tag() {
    @SuppressWarnings("unchecked") // As Spark's own Java interface does it.
    ClassTag<T> tag = (ClassTag<T>) ClassTag$.MODULE$.AnyRef();
    return tag;
  }
}
