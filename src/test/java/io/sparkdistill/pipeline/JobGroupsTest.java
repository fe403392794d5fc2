package io.sparkdistill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobGroupsTest {
  private SparkSession spark;
  private SparkContext context;

  @BeforeAll
  void start() {
    spark = SparkSession.builder().master("local[1]").getOrCreate();
    context = spark.sparkContext();
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  @Test
  void stagesWithinStagesHaveGroupsOfTheirOwn() {
    JobGroups.named(
        context,
        "outer",
        "all of it",
        () -> {
          assertThat(JobGroups.named(context, "inner", "a part", this::group)).isEqualTo("inner");
          return assertThat(group()).isEqualTo("outer");
        });

    assertThat(group()).isNull();
  }

  @Test
  void groupOfTheCallerStaysSoThatTheyCanCancelByIt() {
    context.setJobGroup("notebook", "cell 7", true);
    try {
      JobGroups.named(
          context,
          "outer",
          "all of it",
          () -> {
            assertThat(running("notebook")).isZero();
            return JobGroups.named(
                context,
                "inner",
                "a part",
                () -> {
                  spark.range(1).toJavaRDD().count();
                  return assertThat(running("notebook")).isPositive();
                });
          });

      assertThat(group()).isEqualTo("notebook");
      assertThat(context.getLocalProperty("spark.job.description")).isEqualTo("cell 7");
    } finally {
      context.clearJobGroup();
    }
  }

  private long running(String group) {
    return Arrays.stream(context.statusTracker().getJobIdsForGroup(group)).count();
  }

  private String group() {
    return context.getLocalProperty("spark.jobGroup.id");
  }
}
