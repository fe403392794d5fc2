package io.sparkdistill.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
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
          () ->
              JobGroups.named(
                  context,
                  "inner",
                  "a part",
                  () -> assertThat(namesInATask()).isEqualTo(List.of("notebook", "a part"))));

      assertThat(group()).isEqualTo("notebook");
      assertThat(context.getLocalProperty("spark.job.description")).isEqualTo("cell 7");
    } finally {
      context.clearJobGroup();
    }
  }

  private List<String> namesInATask() {
    return spark
        .range(1)
        .toJavaRDD()
        .map(
            row ->
                List.of(
                    TaskContext.get().getLocalProperty("spark.jobGroup.id"),
                    TaskContext.get().getLocalProperty("spark.job.description")))
        .first();
  }

  private String group() {
    return context.getLocalProperty("spark.jobGroup.id");
  }
}
