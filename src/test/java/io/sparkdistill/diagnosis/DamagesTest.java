package io.sparkdistill.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.TransientException;
import java.io.EOFException;
import java.io.IOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** What Spark wraps around a reader's failure says nothing of whose fault it is. */
class DamagesTest {
  private static final String WRAPPED = "Encountered error while reading file s3a://k:s@b/a";

  @Test
  void failureOfTheFileSystemIsWorthAnotherTry() {
    assertThat(behind(new IOException("Timeout waiting for connection from pool")))
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Cannot read the data, the file system failed: Encountered error while reading file"
                + " s3a://***@b/a: Timeout waiting for connection from pool. Try again; look at the"
                + " file if it happens twice.");
  }

  @Test
  void bytesThatAreNotAsTheyWereWrittenAreNot() {
    String damaged =
        "Cannot read the data, a file is damaged or of other types than the rest: Encountered error"
            + " while reading file s3a://***@b/a. Replace it, or take it out.";
    assertThat(behind(new IOException("FAILED_TO_UNCOMPRESS(5)")))
        .isInstanceOf(BadInputException.class)
        .hasMessage(damaged);
    assertThat(behind(new EOFException())).hasMessage(damaged);
    assertThat(behind(new IllegalArgumentException("width"))).hasMessage(damaged);
  }

  @Test
  void otherFailuresAreNeither() {
    assertThat(Damages.behind(new SparkException("Job aborted", new IOException("reset"))))
        .isEmpty();
  }

  private static DistillException behind(Exception cause) {
    return Damages.behind(new SparkException("Job aborted", new SparkException(WRAPPED, cause)))
        .orElseThrow();
  }
}
