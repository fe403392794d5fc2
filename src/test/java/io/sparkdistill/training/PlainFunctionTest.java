package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

/** Functions that Spark takes as they are do what they say, partition by partition. */
class PlainFunctionTest {
  @Test
  void resultsOfEmptyAndOtherPartitionsComeInTheirOrder() {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      JavaRDD<Integer> few = context.parallelize(List.of(10, 20), 3);
      JavaRDD<String> numbered =
          PlainFunction.mapped(
              few,
              (partition, some) ->
                  JavaConverters.asScalaIterator(
                      List.of(partition + ":" + some.size()).iterator()));
      JavaRDD<String> joined =
          PlainFunction.zipped(
              numbered,
              few,
              (names, some) ->
                  JavaConverters.asScalaIterator(
                      List.of(names.next() + "=" + some.mkString()).iterator()));
      assertThat(PlainFunction.results(joined, (task, names) -> task.partitionId() + names.next()))
          .containsExactly("00:0=", "11:1=10", "22:1=20");
    }
  }
}
