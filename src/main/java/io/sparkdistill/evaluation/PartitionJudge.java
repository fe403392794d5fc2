package io.sparkdistill.evaluation;

import io.sparkdistill.math.FloatArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Judges the teacher and all candidates on some rows, without Spark. */
final class PartitionJudge {
  private final JudgePlan plan;
  private final List<? extends JudgedModel> candidates;
  private final Sink sink;

  /** Takes the answers of all models to a row, the teacher's first. */
  interface Sink {
    void write(TestRow row, List<Answer> answers);
  }

  PartitionJudge(JudgePlan plan, List<? extends JudgedModel> candidates, Sink sink) {
    this.plan = plan;
    this.candidates = candidates;
    this.sink = sink;
  }

  /** Of the teacher, then the candidates in their order. */
  EvaluationTally judge(Iterator<TestRow> rows) {
    List<JudgedModel.Scorer> scorers = new ArrayList<>();
    try {
      candidates.forEach(candidate -> scorers.add(candidate.open()));
      return judge(rows, scorers);
    } finally {
      scorers.forEach(JudgedModel.Scorer::close);
    }
  }

  private EvaluationTally judge(Iterator<TestRow> rows, List<JudgedModel.Scorer> scorers) {
    EvaluationTally tally = new EvaluationTally(1 + candidates.size(), plan);
    List<TestRow> batch = new ArrayList<>(plan.batchSize());
    while (rows.hasNext()) {
      batch.add(rows.next());
      if (batch.size() == plan.batchSize() || !rows.hasNext()) {
        judge(batch, scorers, tally);
        batch.clear();
      }
    }
    return tally;
  }

  private void judge(List<TestRow> batch, List<JudgedModel.Scorer> scorers, EvaluationTally tally) {
    float[] features = FloatArrays.sideBySide(batch, row -> row.target().features());
    List<float[]> scored = new ArrayList<>();
    for (JudgedModel.Scorer scorer : scorers) {
      scored.add(scorer.score(features, batch.size()));
    }
    for (int i = 0; i < batch.size(); i++) {
      TestRow row = batch.get(i);
      List<Answer> answers = new ArrayList<>(1 + scored.size());
      answers.add(Answer.of(row.target().logits()));
      for (float[] logits : scored) {
        int classes = logits.length / batch.size();
        answers.add(Answer.of(Arrays.copyOfRange(logits, i * classes, (i + 1) * classes)));
      }
      tally.add(row, answers);
      sink.write(row, answers);
    }
  }
}
