package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.BadInputException;
import java.nio.file.Paths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Configured places as Hadoop paths. */
class LocationsTest {
  private final Configuration conf = new Configuration();

  @Test
  void relativeFolderThatExistsKeepsItsName() {
    Path path = Locations.resolve("src/main", conf);
    assertThat(path.getName()).isEqualTo("main");
    assertThat(path.getParent().getName()).isEqualTo("src");
    assertThat(Locations.display(path))
        .isEqualTo(Paths.get("src/main").toAbsolutePath().toString());
  }

  @Test
  void relativePlaceMayHoldSpacesAndPercentSigns() {
    Path path = Locations.resolve("a b/c%20d", conf);
    assertThat(path.toUri().getScheme()).isEqualTo("file");
    assertThat(path.toUri().getPath()).endsWith("/a b/c%20d");
  }

  @Test
  void absolutePlaceBelongsToTheDefaultFileSystem() {
    assertThat(Locations.resolve("/data/x", conf).toString()).isEqualTo("file:/data/x");
  }

  @Test
  void localPlaceThatTheLocaleCannotNameIsRefused() {
    String encoding = System.setProperty("sun.jnu.encoding", "ANSI_X3.4-1968");
    try {
      assertThatThrownBy(() -> Locations.resolve("/data/çıkış", conf))
          .isInstanceOf(BadInputException.class)
          .hasMessage(
              "Cannot use path /data/çıkış, the locale's encoding lacks some of its letters:"
                  + " ANSI_X3.4-1968. Set the environment variable LC_ALL to C.UTF-8.");
      assertThat(Locations.resolve("/data/x", conf).toString()).isEqualTo("file:/data/x");
    } finally {
      System.setProperty("sun.jnu.encoding", encoding);
    }
  }

  @Test
  void lettersOfPatternsAreEscapedForSpark() {
    assertThat(Locations.literal(new Path("file:/a[1]{b}/c*?/d")))
        .isEqualTo("file:/a\\[1\\]\\{b\\}/c\\*\\?/d");
    assertThat(Locations.literal(new Path("hdfs://host/day=1/a.parquet")))
        .isEqualTo("hdfs://host/day=1/a.parquet");
  }
}
