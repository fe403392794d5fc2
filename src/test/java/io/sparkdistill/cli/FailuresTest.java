package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.DivergenceException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.pipeline.run.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The cause that the user can do something about, however deep it lies. */
class FailuresTest {
  @Test
  void findsOursBelowWhatSparkWrapsAroundIt() {
    BadInputException ours = new BadInputException("Cannot read row 7.");
    Throwable wrapped =
        new SparkException(
            "Job aborted due to stage failure",
            new ExecutionException(new SparkException("Task failed while writing rows", ours)));
    assertThat(Failures.known(wrapped)).containsSame(ours);
    assertThat(Failures.known(ours)).containsSame(ours);
  }

  @Test
  void oursWinsOverAServiceThatCouldNotBeReached() {
    TransientException ours =
        new TransientException("Cannot write x. Try again.", new ConnectException("refused"));
    assertThat(Failures.known(new RuntimeException(ours))).containsSame(ours);
  }

  @Test
  void servicesThatCannotBeReachedAreTransient() {
    for (IOException cause :
        new IOException[] {
          new ConnectException("refused"),
          new SocketException("Connection reset"),
          new SocketTimeoutException("60000 ms"),
          new UnknownHostException("namenode")
        }) {
      DistillException known =
          Failures.known(new RuntimeException(new UncheckedIOException(cause))).orElseThrow();
      assertThat(known)
          .isInstanceOf(TransientException.class)
          .hasMessage("Cannot reach a service: " + cause + ". Try again.");
    }
  }

  @Test
  void diskThatIsFullIsTransientAlsoWhereSparkHandsOnlyItsTextOn() {
    String full = "java.nio.file.FileSystemException: /tmp/blockmgr/7: No space left on device";
    for (Throwable thrown :
        new Throwable[] {
          new SparkException("Job aborted", new IOException(full)),
          new SparkException("Job aborted: Lost task 0.0:\n" + full + "\n\tat sun.nio.fs", null)
        }) {
      assertThat(Failures.known(thrown).orElseThrow())
          .isInstanceOf(TransientException.class)
          .hasMessage(
              "Cannot go on, a disk is full or a quota used up: "
                  + full
                  + ". Make room there, or in the folders of spark.local.dir, and try again.");
    }
  }

  @Test
  void fileSystemThatIsBusyOrOnItsWayUpIsTransient() {
    for (String said :
        new String[] {
          "PUT on a/b: com.amazonaws.AmazonClientException: Please reduce your rate (SlowDown)",
          "Operation failed: \"The server is busy\", 503, GET, ServerBusy",
          "Cannot create file /a. Name node is in safe mode.",
          "Operation category READ is not supported in state standby",
          "Could not obtain block: BP-1:blk_7 file=/a No live nodes contain current block"
        }) {
      assertThat(
              Failures.known(new SparkException("Job aborted", new IOException(said)))
                  .orElseThrow())
          .isInstanceOf(TransientException.class)
          .hasMessage(
              "Cannot go on, a file system does not serve now: " + said + ". Try again later.");
    }
  }

  @Test
  void executorsThatWereLostAreTransient() {
    String lost = "Lost task 0.3 in stage 1.0: ExecutorLostFailure (executor 3 exited)";
    assertThat(Failures.known(new SparkException(lost + "\nDriver stacktrace:")).orElseThrow())
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Cannot go on, Spark lost its executors: "
                + lost
                + ". Look at their logs and their memory, and try again.");
    assertThat(Failures.known(new IllegalStateException(lost))).isEmpty();
  }

  @Test
  void resultsAndTasksThatSparksSettingsAreTooLowForAreConfiguration() {
    String results =
        "Job aborted due to stage failure: Total size of serialized results of 9 tasks (1152.0 MiB)"
            + " is bigger than spark.driver.maxResultSize (1024.0 MiB)";
    String task =
        "Job aborted due to stage failure: Serialized task 4:0 was 145672321 bytes, which exceeds"
            + " max allowed: spark.rpc.message.maxSize (134217728 bytes). Consider increasing"
            + " spark.rpc.message.maxSize or using broadcast variables for large values.";
    Map.of("spark.driver.maxResultSize", results, "spark.rpc.message.maxSize", task)
        .forEach(
            (setting, said) ->
                assertThat(
                        Failures.known(new SparkException(said + "\nDriver stacktrace:"))
                            .orElseThrow())
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessage(
                        "Cannot go on, Spark allows no more than "
                            + setting
                            + " says: "
                            + said
                            + ". Raise it as deploy/README.md says for a student of so many"
                            + " parameters, or choose a smaller student."));
  }

  @Test
  void anythingElseIsNotKnown() {
    assertThat(Failures.known(new IllegalStateException("bug"))).isEmpty();
    assertThat(Failures.known(new RuntimeException(new IOException("disk")))).isEmpty();
  }

  @Test
  void causesThatGoInACircleEnd() {
    IllegalStateException first = new IllegalStateException("first");
    IllegalStateException second = new IllegalStateException("second", first);
    first.initCause(second);
    assertThat(Failures.known(first)).isEmpty();
  }

  @Test
  void everyFailureHasItsExitCode() {
    Map<DistillException, Integer> codes =
        Map.of(
            new DivergenceException("x"), 1,
            new InvalidConfigurationException("x"), 2,
            new BadInputException("x"), 3,
            new IntegrityException("x"), 4,
            new ConflictException("x"), 5,
            new TransientException("x"), 75);
    codes.forEach((failure, code) -> assertThat(ExitCodes.of(failure)).isEqualTo(code));
    assertThat(codes).hasSameSizeAs(DistillException.class.getPermittedSubclasses());
  }

  @Test
  void saysOneMessageWithoutStackTrace() {
    Told told =
        told(
            new SparkException("wrapped", new ConflictException("Cannot go on. Wait.")),
            "run",
            "a.conf");
    assertThat(told.code()).isEqualTo(ExitCodes.CONFLICT);
    assertThat(told.text()).isEqualTo("error: Cannot go on. Wait." + System.lineSeparator());
  }

  @Test
  void defectsAreInternalErrorsThatAskToBeReported() {
    Told told = told(new IllegalStateException("bug"), "run", "a.conf");
    assertThat(told.code()).isEqualTo(ExitCodes.INTERNAL);
    assertThat(told.text())
        .startsWith("error: Internal error: java.lang.IllegalStateException: bug.")
        .contains("--verbose")
        .doesNotContain("\tat ");
  }

  @Test
  void everyCommandShowsTheStackTraceToWhomAsksForIt() {
    CommandLine commandLine = Main.commandLine(new StopRequest());
    commandLine
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(told(new IllegalStateException("bug"), name, "place", "--verbose"))
                    .as(name)
                    .extracting(Told::text)
                    .asString()
                    .contains("IllegalStateException: bug", "\tat "));
  }

  @Test
  void credentialsInAnyCauseAreMaskedInTheStackTrace() {
    Told told =
        told(
            new IllegalStateException(
                "bug", new IOException("GET https://user:hidden@host/a?sig=hidden failed")),
            "run",
            "a.conf",
            "--verbose");
    assertThat(told.text())
        .contains("Caused by: java.io.IOException: GET https://***@host/a?sig=*** failed")
        .doesNotContain("hidden");
  }

  @Test
  void errorsOfMemorySayWhichSettingsHelp() {
    Told heap = told(thrown(new OutOfMemoryError("Java heap space")), "run", "a.conf");
    assertThat(heap.code()).isEqualTo(ExitCodes.INTERNAL);
    assertThat(heap.text())
        .isEqualTo(
            "error: Cannot go on, a heap is too small: java.lang.OutOfMemoryError: Java heap space."
                + " Raise spark.driver.memory, or spark.executor.memory where a task has failed.\n");
    assertThat(
            told(thrown(new OutOfMemoryError("Physical memory usage is too high")), "run", "a.conf")
                .text())
        .startsWith("error: Cannot go on, the memory beside a heap is used up: ")
        .contains(
            "Physical memory usage is too high. Raise spark.driver.memoryOverhead",
            "org.bytedeco.javacpp.maxbytes");
  }

  @Test
  void errorsOfLinkageSayWhatThisBuildIsFor() {
    for (Error error :
        new Error[] {
          new NoClassDefFoundError("org/apache/spark/X"), new UnsatisfiedLinkError("no jnind4jcpu")
        }) {
      Told told = told(thrown(error), "run", "a.conf");
      assertThat(told.code()).isEqualTo(ExitCodes.INTERNAL);
      assertThat(told.text())
          .startsWith(
              "error: Cannot go on, a class or a native library is missing, or of another release: "
                  + error
                  + ". This build is for Spark 3.5 with Scala 2.12, here is Spark 3.5.")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void errorsThatAreNoExceptionsAreSaidLikeOthers() {
    for (String verbose : new String[] {"", "--verbose"}) {
      StringWriter err = new StringWriter();
      CommandLine commandLine =
          new CommandLine(new Broken())
              .setExecutionStrategy(Failures::run)
              .setExecutionExceptionHandler(new Failures())
              .setErr(new PrintWriter(err));
      int code = verbose.isEmpty() ? commandLine.execute() : commandLine.execute(verbose);
      assertThat(code).isEqualTo(ExitCodes.INTERNAL);
      assertThat(err.toString())
          .startsWith("error: Internal error: java.lang.StackOverflowError: deep. Run with")
          .doesNotContain("ExecutionException");
      assertThat(err.toString().contains("\tat ")).isEqualTo(!verbose.isEmpty());
    }
  }

  @CommandLine.Command(name = "broken")
  static final class Broken implements Runnable {
    @CommandLine.Mixin CommonOptions common;

    @Override
    public void run() {
      throw new StackOverflowError("deep");
    }
  }

  /** As the strategy hands an error on. */
  private static Exception thrown(Error error) {
    return new CommandLine.ExecutionException(new CommandLine(new Broken()), "broken", error);
  }

  private static Told told(Exception thrown, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine(new StopRequest()).setErr(new PrintWriter(err));
    CommandLine.ParseResult parsed = commandLine.parseArgs(arguments);
    CommandLine command = commandLine.getSubcommands().get(arguments[0]);
    return new Told(new Failures().handleExecutionException(thrown, command, parsed), err + "");
  }

  private record Told(int code, String text) {}
}
