package io.sparkdistill.pipeline.run;

import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal. */
public final class TerminalProgress implements Progress {
  private static final int WIDTH = 100;

  private final PrintStream terminal;

  /**
   * Shows nothing yet.
   *
   * @param terminal where bars are drawn
   */
  public TerminalProgress(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void say(String line) {
    terminal.println(line);
  }

  @Override
  public Task begin(String name, String unit, long total) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .setUnit(" " + unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setSpeedUnit(ChronoUnit.SECONDS)
            .setUpdateIntervalMillis((int) Duration.ofMillis(200).toMillis())
            .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
            .build();
    return new Task() {
      @Override
      public void reached(long done, String note) {
        bar.stepTo(done);
        bar.setExtraMessage(note);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
