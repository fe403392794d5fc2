package io.sparkdistill.softtargets;

import io.sparkdistill.config.ViewsConfig;
import io.sparkdistill.examples.Augmentation;
import io.sparkdistill.examples.Example;
import io.sparkdistill.examples.ExampleCheck;
import io.sparkdistill.examples.ExampleDigest;
import io.sparkdistill.examples.ExampleTable;
import io.sparkdistill.failure.IntegrityException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Puts inputs beside soft targets that were cached without them: by id, and only if the input is
 * the one that the teacher was shown. Stateless and thread-safe.
 */
public final class InputJoin {
  private final ExampleTable table;
  private final ExampleCheck check;
  private final Matcher matcher;

  /**
   * Reads nothing yet.
   *
   * @param table of the rows that were labelled
   * @param check of rows of that table
   * @param views what the teacher was shown of each row
   * @param width numbers in a row's features
   */
  public InputJoin(ExampleTable table, ExampleCheck check, ViewsConfig views, int width) {
    this.table = table;
    this.check = check;
    this.matcher = new Matcher(table.source().display(), views, width);
  }

  JavaRDD<SoftTarget> join(JavaRDD<CachedRow> rows) {
    JavaPairRDD<String, CachedRow> keyed =
        rows.mapToPair(row -> new Tuple2<>(row.view().example().id(), row));
    Matcher own = matcher;
    JavaPairRDD<String, float[]> inputs =
        check
            .usable(table)
            // Rows of another width were set aside as bad, perhaps with the id of a good one.
            .filter(example -> example.features().length == own.width())
            .mapToPair(example -> new Tuple2<>(example.id(), example.features()));
    return keyed.cogroup(inputs).mapPartitions(own::match);
  }

  private record Matcher(String source, ViewsConfig views, int width) implements Serializable {
    Iterator<SoftTarget> match(
        Iterator<Tuple2<String, Tuple2<Iterable<CachedRow>, Iterable<float[]>>>> ids) {
      Augmentation augmentation = Augmentation.of(views, width);
      ExampleDigest digest = new ExampleDigest();
      // One after the other: a partition's inputs need not fit into memory.
      return stream(ids)
          .flatMap(
              id ->
                  stream(id._2()._1().iterator())
                      .map(row -> row.with(seen(row, id._2()._2(), augmentation, digest))))
          .iterator();
    }

    private static <T> Stream<T> stream(Iterator<T> all) {
      return StreamSupport.stream(
          Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false);
    }

    private float[] seen(
        CachedRow row, Iterable<float[]> inputs, Augmentation augmentation, ExampleDigest digest) {
      Iterator<float[]> found = inputs.iterator();
      if (!found.hasNext()) {
        throw refused(row, "is not there any more");
      }
      float[] input = found.next();
      if (found.hasNext()) {
        throw refused(row, "stands there several times");
      }
      float[] seen = augmentation.seen(input, row.view().seed());
      if (Arrays.equals(digest.ofInput(seen), row.inputHash())) {
        return seen;
      }
      throw refused(row, "has another input than the teacher was shown");
    }

    private IntegrityException refused(CachedRow row, String why) {
      Example example = row.view().example();
      return new IntegrityException(
          "Cannot join soft targets with "
              + source
              + ", row '"
              + example.id()
              + "' "
              + why
              + ". Run label first, or restore the rows.");
    }
  }
}
