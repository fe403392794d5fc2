package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Augmentation;
import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.examples.TableSplits;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.teacher.OnnxModelFile;
import io.sparkdistill.teacher.OnnxTeacher;
import io.sparkdistill.teacher.TeacherSessions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import scala.runtime.AbstractFunction1;

/** The labelling: one session of the teacher in each executor, one task a split that is missing. */
public final class LabelJob {
  private static final int PROBED = 64;

  private final SparkSession spark;
  private final OnnxModelFile model;
  private final ShardJob job;

  /**
   * Starts nothing yet.
   *
   * @param spark a running session
   * @param model the teacher's file
   * @param job what tasks need to know
   */
  public LabelJob(SparkSession spark, OnnxModelFile model, ShardJob job) {
    this.spark = spark;
    this.model = model;
    this.job = job;
  }

  /**
   * Scores some rows on the driver, so that a teacher that does not fit fails before the cluster
   * works.
   *
   * @param some accepted rows of the teacher's width
   * @throws io.sparkdistill.failure.BadInputException if the teacher does not fit the data, or
   *     answers with NaN and no row may be bad
   */
  public void probe(List<Example> some) {
    OnnxTeacher teacher = TeacherSessions.shared(job.teacher(), model::bytes);
    BatchScorer scorer =
        new BatchScorer(
            teacher,
            PROBED,
            answer -> {
              OptionalDouble odd = NotFinite.in(answer);
              if (odd.isPresent() && job.maxBadRows() == 0) {
                throw Teachers.notFinite(
                    model.place(), answer.view().example().id(), (float) odd.getAsDouble());
              }
            });
    Augmentation augmentation = Augmentation.of(job.views(), job.teacher().width());
    some.stream().limit(PROBED).forEach(row -> augmentation.views(row, scorer::add));
    scorer.flush();
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
    List<InputSplit> planned = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      if (missing.contains(splits.get(i).key())) {
        planned.add(splits.get(i));
        kept.add(i);
      }
    }
    Broadcast<byte[]> bytes = context.broadcast(model.bytes());
    Broadcast<SerializableConfiguration> conf =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    Set<Integer> partitions = kept.stream().collect(Collectors.toUnmodifiableSet());
    JavaRDD<InternalRow> rows =
        PartitionPruningRDD.create(TableSplits.rows(table), new Kept(partitions)).toJavaRDD();
    Task task = new Task(job, new ArrayList<>(planned), bytes, conf, scored);
    try {
      return rows.mapPartitionsWithIndex(
              (index, part) -> List.of(task.run(index, part)).iterator(), false)
          .collect();
    } finally {
      bytes.destroy();
      conf.destroy();
    }
  }

  private static final class Kept extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Set<Integer> partitions;

    Kept(Set<Integer> partitions) {
      this.partitions = partitions;
    }

    @Override
    public Object apply(Object index) {
      return partitions.contains((Integer) index);
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
      OnnxTeacher teacher = TeacherSessions.shared(job.teacher(), model::value);
      ShardScorer scorer = new ShardScorer(job, split, teacher, hadoop, scored::add);
      Shard attempt;
      try {
        attempt = scorer.run(split, rows);
        refuseChanged(split, hadoop);
        TaskContext.get().killTaskIfInterrupted();
      } catch (Exception e) {
        scorer.discard();
        // What reading fails with says less than that the file is another one now.
        refuseChanged(split, hadoop);
        throw e;
      }
      // If this throws, nobody knows whether it was committed, and nothing is deleted.
      Shard committed = store.commit(attempt);
      if (!committed.equals(attempt)) {
        scorer.discard();
      }
      return committed;
    }

    /** A shard's name says which file it is of, so that it must still be that file. */
    private static void refuseChanged(InputSplit split, Configuration hadoop) throws IOException {
      Path file = new Path(split.file());
      if (!split.ofFile() || split.file().contains("***")) {
        return;
      }
      String now;
      try {
        FileStatus status = file.getFileSystem(hadoop).getFileStatus(file);
        if (status.getLen() == split.fileBytes()
            && status.getModificationTime() == split.fileTime()) {
          return;
        }
        now = status.getLen() + " bytes of " + Instant.ofEpochMilli(status.getModificationTime());
      } catch (FileNotFoundException e) {
        now = "gone";
      }
      throw new TransientException(
          "Cannot label "
              + Locations.display(file)
              + ", it changed while it was read: "
              + split.fileBytes()
              + " bytes of "
              + Instant.ofEpochMilli(split.fileTime())
              + " before, "
              + now
              + " now. Run again; what did not change is not labelled again.");
    }
  }
}
