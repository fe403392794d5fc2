package io.sparkdistill.cli;

import io.sparkdistill.failure.Causes;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.pipeline.run.SparkRelease;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;

/** What is said of failures that are none of ours. Stateless. */
final class Unforeseen {
  private static final Pattern HEAP =
      Pattern.compile("Java heap space|GC overhead limit exceeded|Requested array size");

  private Unforeseen() {}

  static String message(Throwable thrown) {
    return Causes.first(thrown, OutOfMemoryError.class)
        .map(Unforeseen::memory)
        .or(() -> Causes.first(thrown, LinkageError.class).map(Unforeseen::linkage))
        .orElseGet(
            () ->
                "Internal error: "
                    + Secrets.mask(thrown.toString())
                    + ". Run with --verbose for the stack trace, and report it.");
  }

  /** A stack trace; others have written the messages of its causes. */
  static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return Secrets.mask(text.toString());
  }

  private static String memory(OutOfMemoryError error) {
    return HEAP.matcher(String.valueOf(error.getMessage())).find()
        ? "Cannot go on, a heap is too small: "
            + error
            + ". Raise spark.driver.memory, or spark.executor.memory where a task has failed."
        : "Cannot go on, the memory beside a heap is used up: "
            + error
            + ". Raise spark.driver.memoryOverhead, or spark.executor.memoryOverhead where a task has"
            + " failed, and with it org.bytedeco.javacpp.maxbytes and maxphysicalbytes in"
            + " extraJavaOptions.";
  }

  private static String linkage(LinkageError error) {
    return "Cannot go on, a class or a native library is missing, or of another release: "
        + Secrets.mask(error.toString())
        + ". This build is for "
        + SparkRelease.needed()
        + ", here is "
        + running()
        + " on "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ". Start it with spark-submit of such a Spark, take the build for this machine, and let"
        + " java.io.tmpdir be a folder that allows execution.";
  }

  private static String running() {
    try {
      return SparkRelease.running().words();
    } catch (LinkageError e) {
      return "no Spark";
    }
  }
}
