package io.sparkdistill.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A system to measure, in a JVM of its own that does what {@link WorkerLoop} reads. */
final class Worker implements Measured {
  private final String name;
  private final Path log;
  private final Process process;
  private final BufferedReader answers;

  private Worker(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts {@code jobs/submit}.
   *
   * @param name of the system
   * @param main the class whose main method enters the loop
   * @param logs folder for what it says
   * @param jars the first is the application, the others stand beside it
   * @param arguments of the class
   */
  static Worker start(
      String name, Class<?> main, Path logs, List<String> jars, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "jobs/submit",
                "--master",
                "local[2]",
                "--driver-memory",
                "4g",
                "--class",
                main.getName(),
                "--jars",
                String.join(",", jars.subList(1, jars.size())),
                jars.get(0)));
    command.addAll(arguments);
    Path log = logs.resolve(main.getSimpleName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    return new Worker(name, log, builder.start());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Answer> measure(String what) {
    try {
      OutputStream requests = process.getOutputStream();
      requests.write((what + "\n").getBytes(StandardCharsets.UTF_8));
      requests.flush();
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        Optional<Answer> answer = Answer.parse(line);
        if (answer.isPresent()) {
          return answer;
        }
      }
    } catch (IOException e) {
      // A broken pipe: what the process had to say is in its log.
      return Optional.empty();
    }
    return Optional.empty();
  }

  @Override
  public String lastWords() {
    try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.contains("Exception") || line.contains("Error"))
          .findFirst()
          .orElse("no reason given")
          .concat(", see " + log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the loop by ending its input. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
