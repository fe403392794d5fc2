package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Manifest;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Programs rely on the keys of {@code inspect --json}, people on the page that lists them. */
class CacheReportTest {
  private static final Pattern KEY = Pattern.compile("`(\\w+)`");

  @Test
  void foldersAboveTheSourceAreNoPartitions() {
    assertThat(CacheReport.folders("file:/runs/run=7/train/a.parquet", "/runs/run=7/train"))
        .isEmpty();
    assertThat(
            CacheReport.folders(
                "file:/runs/run=7/train/day=1/hour=2/a.parquet", "/runs/run=7/train"))
        .isEqualTo("day=1/hour=2");
    assertThat(CacheReport.folders("hdfs://a/run=7/train/day=1/a.parquet", "hdfs://a/run=7/train"))
        .isEqualTo("day=1");
    assertThat(CacheReport.folders("file:/warehouse/rows/day=1/a.parquet", "db.rows"))
        .isEqualTo("day=1");
  }

  @Test
  void manifestThatLacksWhatIsReportedIsRefused() {
    Map<String, String> inputs =
        Map.of("examples.source", "rows", "codec", "float16", "classes", "3", "views", "1");
    ShardIndex none = new ShardIndex(ShardIndex.SCHEMA_VERSION, List.of(), Set.of());
    Manifest manifest =
        Manifest.unpublished("soft-targets", inputs, Map.of("examples.width", "4"), List.of());
    assertThatThrownBy(() -> CacheReport.of(manifest, none, List.of(1)))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot use manifest 0 of soft-targets, it lacks the fact: teacher.place. Publish it"
                + " again.");
  }

  @Test
  void pageListsTheKeysInTheirOrder() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("distill.root"), "src/site/markdown/formats.md"));
    String table = page.split("### CacheReport, schema version 1")[1].split("\n#")[0];
    List<String> listed =
        table
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|")[1])
            .flatMap(cell -> KEY.matcher(cell).results().map(key -> key.group(1)))
            .toList();
    assertThat(listed)
        .containsExactlyElementsOf(
            Stream.of(CacheReport.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
  }
}
