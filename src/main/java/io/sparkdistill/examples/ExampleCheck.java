package io.sparkdistill.examples;

import static org.apache.spark.sql.functions.col;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.failure.BadInputException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Looks at every row once, before anything is computed from any. */
public final class ExampleCheck {
  private static final int SHOWN = 5;

  private final RowCheck check;

  /**
   * For tables of one number of classes.
   *
   * @param classes labels are 0 to classes - 1
   * @param answers what rows hold of their teacher's answers
   * @param rules what they may lack
   */
  public ExampleCheck(int classes, AnswerKind answers, RowRules rules) {
    this.check = RowCheck.ofAnyWidth(classes, answers, rules);
  }

  /**
   * Two Spark jobs: one over all rows, one that shuffles ids.
   *
   * @param table opened
   * @return what is in it
   * @throws BadInputException if it is empty or any row is bad, with up to five of them
   */
  public ExamplesSummary check(ExampleTable table) {
    String source = table.source().display();
    PartitionFindings findings = find(table);
    refuseBad(findings, source);
    if (findings.digest().count() == 0) {
      throw new BadInputException(
          "Cannot use examples from " + source + ", there are no rows in it. Give some.");
    }
    refuseWidths(findings, source);
    refuseDuplicates(table, source);
    int width = findings.widths().keySet().iterator().next();
    if (width == 0) {
      throw new BadInputException(
          "Cannot use examples from " + source + ", the features are empty arrays. Fill them.");
    }
    return new ExamplesSummary(findings.digest().count(), width, findings.digest().hex());
  }

  /**
   * Looks for what may be wrong with the rows where something has failed; does nothing if it is not
   * they. One Spark job.
   *
   * @param table opened
   * @param mostBad how many may be bad
   * @throws BadInputException if more are, with up to five of them, or their widths differ
   */
  public void explain(ExampleTable table, long mostBad) {
    PartitionFindings findings = find(table);
    if (findings.bad() > mostBad) {
      refuseBad(findings, table.source().display());
    }
    refuseWidths(findings, table.source().display());
  }

  /**
   * Some rows that are not bad, from the head of the table.
   *
   * @param table opened
   * @param most how many
   * @return of any width; empty if there are none
   */
  public List<Example> sample(ExampleTable table, int most) {
    return usable(table).take(most);
  }

  /**
   * The rows that are not bad.
   *
   * @param table opened
   * @return of any width
   */
  public JavaRDD<Example> usable(ExampleTable table) {
    RowCheck own = check;
    return internalRows(table)
        .flatMap(
            row -> {
              List<Example> good = new ArrayList<>(1);
              own.read(row, good::add, problem -> {});
              return good.iterator();
            });
  }

  private PartitionFindings find(ExampleTable table) {
    RowCheck own = check;
    return internalRows(table)
        .mapPartitions(rows -> List.of(find(rows, own)).iterator())
        .fold(new PartitionFindings(), PartitionFindings::plus);
  }

  private static void refuseBad(PartitionFindings findings, String source) {
    if (findings.bad() > 0) {
      throw new BadInputException(
          "Cannot use examples from "
              + source
              + ", "
              + findings.bad()
              + (findings.bad() == 1 ? " row is bad: " : " rows are bad: ")
              + findings.samples()
              + ". Correct or remove them.");
    }
  }

  private static void refuseWidths(PartitionFindings findings, String source) {
    if (findings.widths().size() > 1) {
      throw new BadInputException(
          "Cannot use examples from "
              + source
              + ", rows have features of different widths: "
              + findings.describeWidths()
              + ". Give all of them the same number of features.");
    }
  }

  private static JavaRDD<InternalRow> internalRows(ExampleTable table) {
    return table.rows().queryExecution().toRdd().toJavaRDD();
  }

  private static PartitionFindings find(Iterator<InternalRow> rows, RowCheck check) {
    PartitionFindings findings = new PartitionFindings();
    ExampleDigest digest = new ExampleDigest();
    rows.forEachRemaining(
        row ->
            check.read(
                row,
                example ->
                    findings.addGood(
                        example.id(), example.features().length, digest.ofAnswered(example)),
                problem -> findings.addBad(RowCheck.id(row), problem)));
    return findings;
  }

  private static void refuseDuplicates(ExampleTable table, String source) {
    Dataset<Row> twice = table.rows().groupBy(ExampleTable.ID).count().where(col("count").gt(1));
    List<Row> some = twice.orderBy(ExampleTable.ID).takeAsList(SHOWN);
    if (!some.isEmpty()) {
      throw new BadInputException(
          "Cannot use examples from "
              + source
              + ", ids are not unique: "
              + some.stream()
                  .map(row -> "'" + row.getString(0) + "' stands " + row.getLong(1) + " times")
                  .collect(Collectors.joining(", "))
              + ". Give every row an id of its own.");
    }
  }
}
