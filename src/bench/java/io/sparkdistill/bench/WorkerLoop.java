package io.sparkdistill.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The other end of {@link Worker}: a line in is what to measure with, a line out is an {@link
 * Answer}.
 */
final class WorkerLoop {
  private WorkerLoop() {}

  /** One repetition of a system. */
  interface Repetition {
    /** Measures once with a teacher's path, or with a student's name. */
    Answer measure(String what) throws Exception;
  }

  static void serve(Repetition repetition) throws Exception {
    try (BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        say(repetition.measure(line));
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
