package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Started by java instead of spark-submit, so that there are no classes of Spark. */
class WithoutSparkTest {
  @Test
  void saysWhatIsMissingInOneMessage() throws Exception {
    String said = said(ExitCodes.INTERNAL, "print-config", "a.conf");
    assertThat(said)
        .startsWith(
            "error: Cannot go on, a class or a native library is missing, or of another release:"
                + " java.lang.NoClassDefFoundError: ")
        .contains(". This build is for Spark 3.5 with Scala 2.12, here is no Spark on ")
        .hasLineCount(1);
  }

  @Test
  void showsTheStackTraceToWhomAsksForIt() throws Exception {
    assertThat(said(ExitCodes.INTERNAL, "print-config", "a.conf", "--verbose"))
        .startsWith("error: Cannot go on, ")
        .contains("java.lang.NoClassDefFoundError", "\tat io.sparkdistill.cli.");
  }

  private static String said(int code, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(place(Main.class) + File.pathSeparator + place(CommandLine.class));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Java would say that it has seen it.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    String said = text(process);
    assertThat(process.waitFor()).isEqualTo(code);
    return said;
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
