package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.BadInputException;
import java.net.URI;
import java.nio.file.Paths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
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
  void placeWhoseConnectorIsMissingIsRefusedAsOneOfAnUnknownScheme() {
    assertThatThrownBy(() -> Locations.resolve("s3a://bucket/x", conf))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot use path s3a://bucket/x, no file system serves it: No FileSystem for scheme"
                + " \"s3a\": Class org.apache.hadoop.fs.s3a.S3AFileSystem not found. Correct it, or"
                + " add the file system's jar to the class path.");
    assertThatThrownBy(() -> Locations.resolve("nosuch://host/x", conf))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "Cannot use path nosuch://host/x, no file system serves it: No FileSystem for scheme"
                + " \"nosuch\"");
    Configuration half = new Configuration(false);
    half.set("fs.half.impl", HalfInstalled.class.getName());
    half.set("fs.defaultFS", "half://host");
    for (String place : new String[] {"half://host/x", "/x"}) {
      assertThatThrownBy(() -> Locations.resolve(place, half))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("No FileSystem for scheme \"half\": com/amazonaws/Sdk. Correct it");
    }
  }

  /** A connector without what it needs. */
  public static final class HalfInstalled extends RawLocalFileSystem {
    @Override
    public void initialize(URI uri, Configuration configured) {
      throw new NoClassDefFoundError("com/amazonaws/Sdk");
    }
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
