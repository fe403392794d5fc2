package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are created once: what a store that refuses or fails means for who reads them. */
class OnceFilesTest {
  @TempDir private java.nio.file.Path folder;

  @Test
  void isReadAsItWasCreatedAndNotCreatedAgain() {
    OnceFiles files = new OnceFiles(new Path(folder.toUri()), new Configuration());
    assertThat(files.create("a.json", new byte[] {1})).isTrue();
    assertThat(files.create("a.json", new byte[] {2})).isFalse();
    assertThat(files.names()).isEqualTo(Set.of("a.json"));
    assertThat(files.read("a.json")).hasValueSatisfying(it -> assertThat(it).containsExactly(1));
    assertThat(files.read("b.json")).isEmpty();
  }

  @Test
  void placeThatThisUserMayNotReadIsToBeCorrected() {
    OnceFiles files = refusing("closed");
    for (Runnable read : new Runnable[] {files::names, () -> files.read("a.json")}) {
      assertThatThrownBy(read::run)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("Cannot read closed:")
          .hasMessageContaining("this user may not read it: Permission denied: user=eve")
          .hasMessageEndingWith("Let it, or give another.");
    }
  }

  @Test
  void storeThatFailsIsToBeTriedAgain() {
    OnceFiles files = refusing("broken");
    for (Runnable read : new Runnable[] {files::names, () -> files.read("a.json")}) {
      assertThatThrownBy(read::run)
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("the file system failed: Connection reset by peer. Try again.");
    }
  }

  private OnceFiles refusing(String scheme) {
    Configuration conf = new Configuration();
    conf.set("fs." + scheme + ".impl", Refusing.class.getName());
    return new OnceFiles(new Path(scheme + "://store" + folder), conf);
  }

  /** Refuses to be read, or breaks, by the scheme under which it is asked. */
  public static final class Refusing extends RawLocalFileSystem {
    private URI root;

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
      super.initialize(uri, conf);
      root = uri;
    }

    @Override
    public URI getUri() {
      return root == null ? super.getUri() : root;
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      throw refused();
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
      throw refused();
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      throw refused();
    }

    private IOException refused() {
      return root.getScheme().equals("closed")
          ? new AccessControlException("Permission denied: user=eve")
          : new IOException("Connection reset by peer");
    }
  }
}
