package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.TransientException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

class UnreadableTest {
  @Test
  void whatIsNotThereIsToBeCorrected() {
    for (IOException e : List.of(new FileNotFoundException("/a"), new NoSuchFileException("/a"))) {
      assertThat(because(e))
          .isInstanceOf(BadInputException.class)
          .hasCause(e)
          .hasMessage(
              "Cannot open teacher hdfs:/a, there is no such file or folder. Correct teachers[0].");
    }
  }

  @Test
  void whatThisUserMayNotReadIsNotSaidToBeMissing() {
    for (IOException e :
        List.of(
            new AccessControlException("Permission denied: user=eve, inode=\"/a\""),
            new AccessDeniedException("/a"),
            new FileNotFoundException("/a (Permission denied)"))) {
      assertThat(because(e))
          .isInstanceOf(BadInputException.class)
          .hasMessage(
              "Cannot open teacher hdfs:/a, this user may not read it: "
                  + e.getMessage()
                  + ". Let it, or give another.");
    }
  }

  @Test
  void anythingElseMayWorkAnotherTime() {
    assertThat(because(new IOException("Connection reset")))
        .isInstanceOf(TransientException.class)
        .hasMessage("Cannot open teacher hdfs:/a: Connection reset. Try again.");
  }

  private static RuntimeException because(IOException e) {
    return Unreadable.because("open teacher hdfs:/a", "Correct teachers[0].", e);
  }
}
