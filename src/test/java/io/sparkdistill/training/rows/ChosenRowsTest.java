package io.sparkdistill.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.TransferSetConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.softtargets.HeldOut;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are chosen by what they are called and what is right, and stay what they are. */
class ChosenRowsTest {
  private static SparkSession spark;
  private static JavaRDD<SoftTarget> all;

  @BeforeAll
  static void start() {
    spark = SparkSession.builder().getOrCreate();
    all = JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows(), 2);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void conditionsNameIdViewAndLabel() {
    List<SoftTarget> chosen =
        chosen("label <> 1 and view = 0 and id like 'row-1%'", 1).among(all).collect();
    assertThat(chosen)
        .usingRecursiveComparison()
        .isEqualTo(
            rows().stream()
                .filter(row -> row.label() != 1 && row.view() == 0 && row.id().startsWith("row-1"))
                .toList());
    assertThat(chosen).isNotEmpty();
  }

  @Test
  void shareIsOfWhatFulfilsTheConditionAndFollowsFromIds() {
    HeldOut half = HeldOut.forTransferSet(0.5);
    assertThat(chosen("label in (0, 2)", 0.5).among(all).map(SoftTarget::id).collect())
        .isNotEmpty()
        .isEqualTo(
            rows().stream()
                .filter(row -> row.label() != 1 && half.holds(row))
                .map(SoftTarget::id)
                .toList());
    assertThat(ChosenRows.of(spark, TransferSetConfig.all()).among(all)).isSameAs(all);
  }

  @Test
  void refusesToLearnFromNoRows() {
    assertThatThrownBy(() -> chosen("label > 2", 1).among(all))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot train on no rows, training.transferSet leaves out all of them:"
                + " {training.transferSet.where=label > 2}. Widen it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label <> | it is no condition on id, view and label: label <>. Correct it; Spark says: [",
        "label | it is no condition on id, view and label: label. Correct it; Spark says: [",
        "row is null | it is no condition on id, view and label: row is null. Correct it",
        "rand() < 0.5 | it may choose other rows another time: rand() < 0.5. Give a condition",
        "view < 1 and current_date() > date'2020-01-01' | it may choose other rows another time",
        "id >= date'today' | it may choose other rows another time",
        "cast(id as timestamp) > TIMESTAMP_LTZ 'Now' | it may choose other rows another time",
        "cast(id as date) >= 'yesterday' | it may choose other rows another time",
        "to_date(id) = to_date(' TODAY ') | it may choose other rows another time",
        "id > cast('tomorrow' as timestamp) | it may choose other rows another time",
        "label in (select max(id) from range(3)) | it may choose other rows another time",
      })
  void refusesConditionsThatAreNoneOrMayChangeTheirMind(String where, String why) {
    assertThatThrownBy(() -> chosen(where, 1))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Cannot use training.transferSet.where, ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id <> 'today'",
        "to_date(id) >= date'2026-11-28' or id = 'row-1'",
        "to_date(id) > to_date('2026-11-28') or id = 'row-1'",
        "id > cast('epoch' as timestamp) or id = 'row-1'"
      })
  void takesDatesAndWordsThatStayWhatTheyAre(String where) {
    assertThat(chosen(where, 1).among(all).count()).isPositive();
  }

  private static ChosenRows chosen(String where, double fraction) {
    return ChosenRows.of(spark, new TransferSetConfig(Optional.of(where), fraction, List.of()));
  }

  private static List<SoftTarget> rows() {
    List<SoftTarget> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      float[] features = {i, -i};
      rows.add(new SoftTarget("row-" + i / 2, i % 2, i / 2 % 3, features, new float[] {i, 0, 1}));
    }
    return rows;
  }
}
