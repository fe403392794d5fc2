package io.sparkdistill.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class warns of in the log, until closed. */
public final class Warnings implements AutoCloseable {
  private final Logger logger;
  private final Level before;
  private final Heard heard;

  private Warnings(Logger logger, Heard heard) {
    this.logger = logger;
    this.before = logger.getLevel();
    this.heard = heard;
  }

  public static Warnings of(Class<?> source) {
    Warnings warnings = new Warnings((Logger) LogManager.getLogger(source), new Heard(source));
    warnings.heard.start();
    warnings.logger.addAppender(warnings.heard);
    // Tests log errors alone.
    warnings.logger.setLevel(Level.WARN);
    warnings.logger.setAdditive(false);
    return warnings;
  }

  public List<String> lines() {
    return List.copyOf(heard.lines);
  }

  @Override
  public void close() {
    logger.removeAppender(heard);
    logger.setAdditive(true);
    logger.setLevel(before);
    heard.stop();
  }

  private static final class Heard extends AbstractAppender {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Heard(Class<?> source) {
      super("warnings of " + source.getName(), null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      if (event.getLevel().isMoreSpecificThan(Level.WARN)) {
        lines.add(event.getMessage().getFormattedMessage());
      }
    }
  }
}
