package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of many that create a file, one does. */
class ExclusiveFileTest {
  @TempDir private Path folder;
  private final Configuration conf = FlakyFileSystem.configuration();

  @Test
  void firstCreatesAndOthersLearnWhetherTheyWantedTheSame() throws IOException {
    for (org.apache.hadoop.fs.Path root : places()) {
      assertThat(create(root, "a", "1")).isTrue();
      assertThat(create(root, "b", "2")).isFalse();
      assertThat(create(root, "a", "3")).isTrue();
      assertThat(Files.readString(local(root).resolve("file"))).isEqualTo("a");
      try (Stream<Path> left = Files.list(local(root))) {
        assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("file");
      }
    }
  }

  @Test
  void oneOfManyThatTryAtOnceSucceeds() throws Exception {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(folder.toUri());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CyclicBarrier together = new CyclicBarrier(8);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String content = "by " + i;
        results.add(
            threads.submit(
                () -> {
                  together.await(1, TimeUnit.MINUTES);
                  return create(root, content, content);
                }));
      }
      int winner = -1;
      for (int i = 0; i < 8; i++) {
        if (results.get(i).get()) {
          assertThat(winner).isEqualTo(-1);
          winner = i;
        }
      }
      assertThat(folder.resolve("file")).hasContent("by " + winner);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void abfsAndHdfsRenameAndS3DoesNot() {
    for (String scheme : List.of("hdfs", "viewfs", "abfs", "abfss")) {
      assertThat(ExclusiveFile.renamesAtomically(new org.apache.hadoop.fs.Path(scheme + "://a/b")))
          .isTrue();
    }
    for (String scheme : List.of("s3a", "gs", "file", "wasb")) {
      assertThat(ExclusiveFile.renamesAtomically(new org.apache.hadoop.fs.Path(scheme + "://a/b")))
          .isFalse();
    }
  }

  private List<org.apache.hadoop.fs.Path> places() {
    return List.of(
        new org.apache.hadoop.fs.Path(folder.resolve("local").toUri()),
        FlakyFileSystem.place(FlakyFileSystem.Fault.NONE, folder.resolve("store")));
  }

  private static Path local(org.apache.hadoop.fs.Path root) {
    return Path.of(root.toUri().getPath());
  }

  private boolean create(org.apache.hadoop.fs.Path root, String content, String temporary) {
    return ExclusiveFile.create(
        new org.apache.hadoop.fs.Path(root, "file"),
        content.getBytes(StandardCharsets.UTF_8),
        new org.apache.hadoop.fs.Path(root, "." + temporary.replace(' ', '-')),
        conf);
  }
}
