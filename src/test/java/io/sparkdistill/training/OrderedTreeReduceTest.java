package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Sums of floats depend on their order, and this one's order is always the same. */
class OrderedTreeReduceTest {
  private static final int WORKERS = 37;

  @Test
  void sumIsTheSameBitForBitWhateverTheLayoutAndWithMissingWorkers() {
    List<Tuple2<Integer, Contribution>> contributions = new ArrayList<>();
    Random random = new Random(3);
    for (int worker = 0; worker < WORKERS; worker++) {
      if (worker % 5 != 2) {
        float[] values = {random.nextFloat() * 1e6f, random.nextFloat(), -random.nextFloat()};
        contributions.add(
            new Tuple2<>(
                worker, new Contribution(new NetworkState(values, new float[0]), worker, 1)));
      }
    }
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Contribution first = reduce(context, contributions, 8);
      for (int partitions = 1; partitions <= 5; partitions++) {
        Collections.shuffle(contributions, new Random(partitions));
        Contribution other = reduce(context, contributions, partitions);
        assertThat(other.state().parameters()).containsExactly(first.state().parameters());
        assertThat(other.samples()).isEqualTo(first.samples());
      }
    }
  }

  private static Contribution reduce(
      JavaSparkContext context, List<Tuple2<Integer, Contribution>> contributions, int partitions) {
    JavaPairRDD<Integer, Contribution> keyed =
        context.parallelizePairs(new ArrayList<>(contributions), partitions);
    return new OrderedTreeReduce(4).reduce(keyed, WORKERS);
  }
}
