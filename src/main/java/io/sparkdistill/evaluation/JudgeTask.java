package io.sparkdistill.evaluation;

import io.sparkdistill.columnar.AttemptFile;
import io.sparkdistill.columnar.ColumnRows;
import io.sparkdistill.storage.StageDirectory;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What an executor does with a partition.
 *
 * @param plan of the evaluation
 * @param kept names of the models whose answers are kept: the candidates, and the teacher before
 *     them where there is one
 * @param candidates all of them
 * @param conf where file systems are configured
 */
record JudgeTask(
    JudgePlan plan,
    ArrayList<String> kept,
    Broadcast<List<JudgedModel>> candidates,
    Broadcast<SerializableConfiguration> conf)
    implements Serializable {
  EvaluationTally run(int partition, Iterator<TestRow> rows) {
    if (!plan.predictions().isSomewhere()) {
      return new PartitionJudge(plan, candidates.value(), (row, answers) -> {}).judge(rows);
    }
    Configuration hadoop = conf.value().value();
    AttemptFile<PredictionFile.Answered, ColumnRows<PredictionFile.Answered>> file =
        PredictionFile.at(plan.predictions().newFile(partition), kept, hadoop);
    try {
      int first = 1 + candidates.value().size() - kept.size();
      EvaluationTally tally =
          new PartitionJudge(
                  plan,
                  candidates.value(),
                  (row, answers) ->
                      file.write(
                          new PredictionFile.Answered(row, answers.subList(first, answers.size()))))
              .judge(rows);
      Path root = new Path(plan.predictions().root());
      file.finish(StageDirectory.at(root, hadoop)).ifPresent(tally::add);
      return tally;
    } catch (RuntimeException e) {
      file.discard();
      throw e;
    }
  }
}
