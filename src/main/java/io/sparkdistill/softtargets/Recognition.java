package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Augmentation;
import io.sparkdistill.examples.ExampleDigest;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.examples.MultisetDigest;
import io.sparkdistill.examples.RowCheck;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Compares the rows of splits with those that a shard was made of.
 *
 * @param job what the shards belong to
 * @param splits one a partition
 * @param candidates what each may be
 * @param conf where file systems are configured
 */
record Recognition(
    ShardJob job,
    ArrayList<InputSplit> splits,
    ArrayList<List<Shard>> candidates,
    Broadcast<SerializableConfiguration> conf)
    implements Serializable {
  /** The committed shard; none if the split holds anything else. */
  List<Shard> run(int index, Iterator<InternalRow> rows) throws IOException {
    InputSplit split = splits.get(index);
    Optional<Shard> same = sameRows(rows, candidates.get(index));
    if (same.isEmpty()) {
      return List.of();
    }
    Configuration hadoop = conf.value().value();
    UnchangedInput.require(split, hadoop);
    ShardStore store = new ShardStore(new Path(job.root()), job.binding(), hadoop);
    return List.of(store.commit(same.get().of(split)));
  }

  private Optional<Shard> sameRows(Iterator<InternalRow> rows, List<Shard> shards) {
    long most = shards.stream().mapToLong(Shard::rows).max().orElse(0);
    RowCheck check =
        RowCheck.of(
            job.teacher().classes(), job.teacher().width(), job.teacher().answers(), job.rules());
    Augmentation augmentation = Augmentation.of(job.views(), job.teacher().width());
    ExampleDigest digest = new ExampleDigest();
    MultisetDigest found = new MultisetDigest();
    List<String> problems = new ArrayList<>();
    while (rows.hasNext() && problems.isEmpty() && found.count() <= most) {
      check.read(
          rows.next(),
          example ->
              augmentation.views(
                  example,
                  view ->
                      found.add(
                          digest.ofExample(
                              view.example(), digest.ofInput(view.example().features())))),
          problems::add);
    }
    return shards.stream()
        .filter(
            shard ->
                problems.isEmpty()
                    && shard.rows() == found.count()
                    && shard.examplesSum().equals(found.sum()))
        .findFirst();
  }
}
