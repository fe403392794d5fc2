package io.sparkdistill.softtargets;

import io.sparkdistill.examples.FeatureType;
import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.storage.PublishedFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one split: its scored rows in at most one file, its bad rows in at most one other.
 *
 * @param schemaVersion version of this format; this build writes and reads {@value #SCHEMA_VERSION}
 * @param binding digest of all but the rows that decides what is in the files
 * @param split where the rows came from
 * @param features what inputs are stored as
 * @param intermediates how many of the teacher's inner tensors are stored
 * @param rows that were scored, each view by itself
 * @param width numbers in their features; 0 if there are none
 * @param badRows that were not accepted
 * @param teacherErrors scored rows whose label is not the teacher's largest class
 * @param examplesSum sum of the digests of the scored rows' examples, hexadecimal
 * @param contentSum sum of the digests of the scored rows and their logits, hexadecimal
 * @param logitBytes of the logits column in the file
 * @param files of scored rows
 * @param quarantine files of bad rows
 */
public record Shard(
    int schemaVersion,
    String binding,
    InputSplit split,
    FeatureType features,
    int intermediates,
    long rows,
    int width,
    long badRows,
    long teacherErrors,
    String examplesSum,
    String contentSum,
    long logitBytes,
    List<PublishedFile> files,
    List<PublishedFile> quarantine)
    implements Serializable {
  /** The format that this build writes. */
  public static final int SCHEMA_VERSION = 2;

  /** Copies the lists into plain ones, because they travel by Java serialization. */
  public Shard {
    files = new ArrayList<>(files);
    quarantine = new ArrayList<>(quarantine);
  }

  /**
   * Its name.
   *
   * @return the split's key
   */
  public String key() {
    return split.key();
  }

  /** The same rows where they are found now. */
  Shard of(InputSplit place) {
    return new Shard(
        schemaVersion,
        binding,
        place,
        features,
        intermediates,
        rows,
        width,
        badRows,
        teacherErrors,
        examplesSum,
        contentSum,
        logitBytes,
        files,
        quarantine);
  }
}
