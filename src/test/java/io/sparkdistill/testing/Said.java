package io.sparkdistill.testing;

import io.sparkdistill.pipeline.run.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Keeps what is said.
 *
 * @param lines in their order
 * @param listener hears each of them at once, and how far counted work is
 */
public record Said(List<String> lines, Consumer<String> listener) implements Progress {
  /** Of whom nothing was heard yet. */
  public static Said nothing() {
    return heardBy(line -> {});
  }

  /** Of whom somebody hears each line at once. */
  public static Said heardBy(Consumer<String> listener) {
    return new Said(new CopyOnWriteArrayList<>(), listener);
  }

  @Override
  public void say(String line) {
    lines.add(line);
    listener.accept(line);
  }

  @Override
  public Task begin(String name, String unit, long total) {
    return new Task() {
      @Override
      public void reached(long done, String note) {
        listener.accept(name + ": " + done + " of " + total + " " + unit);
      }

      @Override
      public void close() {}
    };
  }
}
