package io.sparkdistill.pipeline.run;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plain lines in the log, at most one in five seconds, and the last one always. */
public final class LogProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger("io.sparkdistill.progress");
  private static final long PERIOD = Duration.ofSeconds(5).toNanos();

  @Override
  public void say(String line) {
    LOG.info("{}", line);
  }

  @Override
  public Task begin(String name, String unit, long total) {
    return new Lines(name, unit, total, System.nanoTime());
  }

  private static final class Lines implements Task {
    private final String name;
    private final String unit;
    private final long total;
    private final long start;
    private long shown;
    private long done;
    private String note = "";

    Lines(String name, String unit, long total, long start) {
      this.name = name;
      this.unit = unit;
      this.total = total;
      this.start = start;
      this.shown = start;
    }

    @Override
    public void reached(long newDone, String newNote) {
      done = newDone;
      note = newNote;
      long now = System.nanoTime();
      if (now - shown >= PERIOD) {
        shown = now;
        LOG.info("{}", line(now - start));
      }
    }

    private String line(long elapsed) {
      long left = done == 0 ? 0 : (long) ((double) elapsed / done * (total - done) / 1e9);
      String end = done == 0 || done >= total ? "" : ", " + left + " s left";
      return String.format(
          Locale.ROOT,
          "%s: %,d of %,d %s%s%s",
          name,
          done,
          total,
          unit,
          note.isEmpty() ? "" : ", " + note,
          end);
    }

    @Override
    public void close() {
      LOG.info("{} after {} s", line(0), (System.nanoTime() - start) / 1_000_000_000L);
    }
  }
}
