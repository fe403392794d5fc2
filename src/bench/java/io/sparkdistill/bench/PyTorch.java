package io.sparkdistill.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * PyTorch in processes of one thread each that never exchange parameters, by the script that stands
 * beside the data. The script counts all its epochs but the first.
 */
final class PyTorch implements Measured {
  private final Path script;
  private final Path log;
  private String reason = "";

  PyTorch(Path script, Path logs) {
    this.script = script;
    this.log = logs.resolve("PyTorch.log");
  }

  @Override
  public String name() {
    return "PyTorch";
  }

  @Override
  public Optional<Answer> measure(String student) {
    if (!Files.exists(script)) {
      reason = "no " + script;
      return Optional.empty();
    }
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              List.of(
                  "/usr/bin/python3",
                  script.toString(),
                  "--student",
                  student,
                  "--workers",
                  Integer.toString(Student.WORKERS),
                  "--batch",
                  Integer.toString(Student.BATCH)));
      Process process = builder.redirectError(log.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        reason = "it ended with " + process.exitValue() + ", see " + log;
        return Optional.empty();
      }
      String last = output.strip().lines().reduce((first, second) -> second).orElseThrow();
      long rate = new ObjectMapper().readTree(last).get("samplesPerSecond").asLong();
      return Optional.of(new Answer(1, rate, 0));
    } catch (IOException e) {
      reason = e.getMessage();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public String lastWords() {
    return reason;
  }

  @Override
  public void close() {}
}
