package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.storage.LocalExclusiveFile.Link;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks without hard links, whatever the language in which they say so. */
class LocalExclusiveFileTest {
  private static final List<String> NO_LINKS =
      List.of(
          "Operation not permitted", "Function not implemented", "Die Operation ist unzulässig");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("file");
  }

  @Test
  void whereLinksAreRefusedTheFirstCreatesAndOthersLearnWhetherTheyWantedTheSame()
      throws IOException {
    for (String reason : NO_LINKS) {
      Files.deleteIfExists(file);
      Link none = refusing(new FileSystemException(file.toString(), null, reason));
      assertThat(create("a", none)).isTrue();
      assertThat(create("b", none)).isFalse();
      assertThat(create("a", none)).isTrue();
      assertThat(folder.toFile().list()).containsExactly("file");
      assertThat(file).hasContent("a");
    }
  }

  @Test
  void accessThatIsDeniedIsSaidToBe() {
    AccessDeniedException denied = new AccessDeniedException(file.toString());
    assertThatThrownBy(() -> create("a", refusing(denied))).isSameAs(denied);
    assertThat(folder).isEmptyDirectory();
  }

  private static Link refusing(IOException e) {
    return (name, existing) -> {
      throw e;
    };
  }

  private boolean create(String content, Link link) throws IOException {
    return LocalExclusiveFile.create(
        file, content.getBytes(StandardCharsets.UTF_8), folder.resolve("temporary"), link);
  }
}
