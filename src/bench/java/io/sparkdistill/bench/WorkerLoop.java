package io.sparkdistill.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The other end of {@link Worker}: a line in is a teacher, a line out is an {@link Answer}. */
final class WorkerLoop {
  private WorkerLoop() {}

  /** One repetition of a system. */
  interface Repetition {
    /** Labels all rows with a teacher. */
    Answer label(Path onnx) throws Exception;
  }

  static void serve(Repetition repetition) throws Exception {
    try (BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        say(repetition.label(Path.of(line)));
      }
    }
  }

  private static void say(Answer answer) throws IOException {
    System.out.println(answer.line());
    if (System.out.checkError()) {
      throw new IOException("Cannot answer, nobody listens.");
    }
  }
}
