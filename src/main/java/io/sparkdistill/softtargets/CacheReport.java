package io.sparkdistill.softtargets;

import io.sparkdistill.config.Spelling;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.teacher.TeacherModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * What a version of the cache is, for people and programs.
 *
 * @param schemaVersion of this report; new keys may be added to it
 * @param version that is described
 * @param versions that are there
 * @param teacherSha256 digest of the teacher's file; none for a column
 * @param teacher where that file was, or which column it is
 * @param source what was labelled
 * @param codec how logits are stored
 * @param classes C
 * @param width numbers in a row's features
 * @param features what inputs are stored as
 * @param views what the teacher was shown of each row
 * @param intermediates names of the teacher's inner tensors, as columns intermediate_0 and on
 * @param rows with soft targets
 * @param rowsScored of them, those that this version's run scored
 * @param quarantinedRows that were set aside
 * @param teacherErrors rows whose label is not the teacher's largest class
 * @param shards that the version lists
 * @param files of scored rows
 * @param bytes of these files
 * @param bytesPerRow of the logits column, compressed, with page headers
 * @param partitions of the input, by their folders
 * @param contentSha256 digest of all rows that depends neither on their order nor on their files
 */
public record CacheReport(
    int schemaVersion,
    int version,
    List<Integer> versions,
    String teacherSha256,
    String teacher,
    String source,
    String codec,
    int classes,
    int width,
    String features,
    String views,
    List<String> intermediates,
    long rows,
    long rowsScored,
    long quarantinedRows,
    long teacherErrors,
    int shards,
    int files,
    long bytes,
    double bytesPerRow,
    List<Partition> partitions,
    String contentSha256) {
  /**
   * A partition of the input.
   *
   * @param partition its Hive-style folders, such as {@code day=2026-01-01}; empty for none
   * @param rows with soft targets
   * @param rowsScored of them, those that this version's run scored
   * @param shards of it
   */
  public record Partition(String partition, long rows, long rowsScored, int shards) {}

  /**
   * Describes a version.
   *
   * @param manifest of the version
   * @param index of the version
   * @param versions that are there
   * @return the report
   * @throws io.sparkdistill.failure.IntegrityException if the manifest lacks what belongs to it
   */
  public static CacheReport of(Manifest manifest, ShardIndex index, List<Integer> versions) {
    String source = manifest.input(CacheKeys.SOURCE);
    return new CacheReport(
        1,
        manifest.version(),
        versions,
        manifest.inputs().getOrDefault(TeacherModel.SHA256, "none"),
        manifest.fact(CacheKeys.TEACHER_PLACE),
        source,
        manifest.input(CacheKeys.CODEC),
        Integer.parseInt(manifest.input(CacheKeys.CLASSES)),
        (int) manifest.number(CacheKeys.WIDTH),
        Spelling.of(index.features()),
        manifest.input(CacheKeys.VIEWS),
        index.intermediates() == 0
            ? List.of()
            : List.of(manifest.input(TeacherModel.INTERMEDIATES).split("\n")),
        index.rows(),
        index.rowsScored(),
        index.badRows(),
        index.teacherErrors(),
        index.shards().size(),
        index.files().size(),
        index.files().stream().mapToLong(file -> file.bytes()).sum(),
        index.rows() == 0 ? 0 : (double) index.logitBytes() / index.rows(),
        partitions(index, source),
        index.contentSha256());
  }

  private static List<Partition> partitions(ShardIndex index, String source) {
    Map<String, List<Shard>> byFolder = new TreeMap<>();
    for (Shard shard : index.shards()) {
      byFolder
          .computeIfAbsent(folders(shard.split().file(), source), key -> new ArrayList<>())
          .add(shard);
    }
    return byFolder.entrySet().stream()
        .map(entry -> partition(entry.getKey(), entry.getValue(), index))
        .toList();
  }

  private static Partition partition(String name, List<Shard> shards, ShardIndex index) {
    ShardIndex own = new ShardIndex(ShardIndex.SCHEMA_VERSION, shards, index.scored());
    return new Partition(name, own.rows(), own.rowsScored(), shards.size());
  }

  /** Folders above the source say nothing of its rows. */
  static String folders(String file, String source) {
    String shown = Locations.display(new Path(file));
    String below = shown.startsWith(source) ? shown.substring(source.length()) : shown;
    String[] parts = below.split("/");
    return Arrays.stream(parts)
        .limit(parts.length - 1L)
        .filter(part -> part.contains("="))
        .collect(Collectors.joining("/"));
  }
}
