package io.sparkdistill.evaluation;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The content of {@code gallery.json}: the test rows about which student and teacher disagree most.
 *
 * @param schemaVersion 1; new keys may be added to it
 * @param rows by falling divergence, and by id where that is equal
 */
public record Gallery(int schemaVersion, List<GalleryRow> rows) {
  private static final int SCHEMA_VERSION = 1;

  /** Copies the rows. */
  public Gallery {
    rows = List.copyOf(rows);
  }

  static Gallery of(List<GalleryRow> rows) {
    return new Gallery(SCHEMA_VERSION, rows);
  }

  /** One pass, to fetch what the student saw of the rows that were chosen, and of no others. */
  static Gallery of(List<GalleryRow> chosen, JavaRDD<SoftTarget> rows) {
    if (chosen.isEmpty()) {
      return of(chosen);
    }
    HashSet<String> ids =
        chosen.stream().map(GalleryRow::id).collect(Collectors.toCollection(HashSet::new));
    Map<String, float[]> seen =
        rows.filter(row -> ids.contains(row.id()) && GalleryRow.shows(row.features()))
            .mapToPair(row -> new Tuple2<>(row.id(), row.features()))
            .collectAsMap();
    return of(
        chosen.stream().map(row -> row.seen(seen.getOrDefault(row.id(), new float[0]))).toList());
  }

  /**
   * As JSON.
   *
   * @return UTF-8
   */
  public byte[] toJson() {
    return EvaluationJson.write(this);
  }

  /**
   * From JSON that this class wrote and whose checksum was compared. Keys that it does not know are
   * passed over.
   *
   * @param json UTF-8
   * @return the gallery
   * @throws IntegrityException if it is of another schema version
   */
  public static Gallery fromJson(byte[] json) {
    Gallery gallery = EvaluationJson.read(json, Gallery.class);
    if (gallery.schemaVersion() != SCHEMA_VERSION) {
      throw new IntegrityException(
          "Cannot read a gallery, it is of another format: schema version "
              + gallery.schemaVersion()
              + ", and this build reads schema version "
              + SCHEMA_VERSION
              + ". Use the release that wrote it, or evaluate into another output.");
    }
    return gallery;
  }
}
