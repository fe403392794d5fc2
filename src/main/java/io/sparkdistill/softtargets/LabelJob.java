package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Augmentation;
import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.examples.TableSplits;
import io.sparkdistill.teacher.KindCheck;
import io.sparkdistill.teacher.Teacher;
import io.sparkdistill.teacher.TeacherModel;
import io.sparkdistill.teacher.TeacherSessions;
import io.sparkdistill.teacher.TeacherSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** The labelling: one session of the teacher in each executor, one task a split that is missing. */
public final class LabelJob {
  private static final int PROBED = 64;

  private final SparkSession spark;
  private final TeacherModel model;
  private final ShardJob job;

  /**
   * Starts nothing yet.
   *
   * @param spark a running session
   * @param model the teacher's file
   * @param job what tasks need to know
   */
  public LabelJob(SparkSession spark, TeacherModel model, ShardJob job) {
    this.spark = spark;
    this.model = model;
    this.job = job;
  }

  /**
   * Scores a view of each of some rows on the driver, so that a teacher that does not fit fails
   * before the cluster works.
   *
   * @param some accepted rows of the teacher's width, of which 64 at most are scored
   * @throws io.sparkdistill.failure.BadInputException if the teacher does not fit the data, answers
   *     with NaN and no row may be bad, or gives probabilities for logits or the reverse
   */
  public void probe(List<Example> some) {
    Teacher teacher = TeacherSessions.shared(job.teacher(), model::bytes);
    KindCheck kind = model.kindCheck();
    BatchScorer scorer =
        new BatchScorer(
            teacher,
            Math.min(PROBED, job.batchSize()),
            answer -> {
              kind.see(answer.view().example().id(), answer.logits());
              OptionalDouble odd = NotFinite.in(answer);
              if (odd.isPresent() && job.maxBadRows() == 0) {
                throw Teachers.notFinite(
                    model.place(), answer.view().example().id(), (float) odd.getAsDouble());
              }
            });
    Augmentation augmentation = Augmentation.of(job.views(), job.teacher().width());
    some.stream().limit(PROBED).map(augmentation::first).forEach(scorer::add);
    scorer.flush();
    kind.require();
  }

  /**
   * Scores the rows of some splits, and commits each shard as soon as it is complete.
   *
   * @param table opened in a session of {@link TableSplits}
   * @param splits one a partition of the table
   * @param missing keys of those that are to be scored
   * @param scored is told how many rows were scored, for progress; retried tasks count twice
   * @return the committed shards
   */
  public List<Shard> score(
      ExampleTable table, List<InputSplit> splits, Set<String> missing, LongAccumulator scored) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SplitRows chosen = SplitRows.of(table, splits, missing);
    Broadcast<byte[]> bytes = context.broadcast(model.bytes());
    Broadcast<SerializableConfiguration> conf =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    Task task = new Task(job, chosen.splits(), bytes, conf, scored);
    try {
      return chosen
          .rows()
          .mapPartitionsWithIndex((index, part) -> List.of(task.run(index, part)).iterator(), false)
          .collect();
    } finally {
      bytes.destroy();
      conf.destroy();
    }
  }

  /**
   * Looks which splits hold the very rows of shards of files that were touched, copied or renamed,
   * and commits those shards for them; the teacher is not asked.
   *
   * @param table opened in a session of {@link TableSplits}
   * @param splits one a partition of the table
   * @param candidates by the key of a split, the shards that it may be
   * @return the shards of those that were recognised
   */
  public List<Shard> recognise(
      ExampleTable table, List<InputSplit> splits, Map<String, List<Shard>> candidates) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SplitRows chosen = SplitRows.of(table, splits, candidates.keySet());
    Broadcast<SerializableConfiguration> conf =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    Recognition task =
        new Recognition(job, chosen.splits(), new ArrayList<>(chosen.candidates(candidates)), conf);
    try {
      return chosen
          .rows()
          .mapPartitionsWithIndex((index, part) -> task.run(index, part).iterator(), false)
          .collect();
    } finally {
      conf.destroy();
    }
  }

  private record Task(
      ShardJob job,
      ArrayList<InputSplit> splits,
      Broadcast<byte[]> model,
      Broadcast<SerializableConfiguration> conf,
      LongAccumulator scored)
      implements Serializable {
    Shard run(int index, Iterator<InternalRow> rows) throws Exception {
      InputSplit split = splits.get(index);
      Configuration hadoop = conf.value().value();
      ShardStore store = new ShardStore(new Path(job.root()), job.binding(), hadoop);
      Optional<Shard> before = store.committed(split);
      if (before.isPresent()) {
        return before.get();
      }
      Teacher teacher = TeacherSessions.shared(granted(job.teacher()), model::value);
      ShardScorer scorer = new ShardScorer(job, split, teacher, hadoop, scored::add);
      Shard attempt;
      try {
        attempt = scorer.run(split, rows);
        UnchangedInput.require(split, hadoop);
        TaskContext.get().killTaskIfInterrupted();
      } catch (Exception e) {
        scorer.discard();
        // What reading fails with says less than that the file is another one now.
        UnchangedInput.require(split, hadoop);
        throw e;
      }
      // If this throws, nobody knows whether it was committed, and nothing is deleted.
      Shard committed = store.commit(attempt);
      if (!committed.equals(attempt)) {
        scorer.discard();
      }
      return committed;
    }

    /** The GPU that Spark gave the task, if any. */
    private static TeacherSpec granted(TeacherSpec spec) {
      return Optional.ofNullable(TaskContext.get().resourcesJMap().get("gpu"))
          .map(gpu -> spec.on(Integer.parseInt(gpu.addresses()[0])))
          .orElse(spec);
    }
  }
}
