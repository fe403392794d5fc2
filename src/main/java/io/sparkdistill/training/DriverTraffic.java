package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.Patience;
import io.sparkdistill.config.RoundsConfig.UpdaterState;
import io.sparkdistill.failure.InvalidConfigurationException;
import org.apache.spark.SparkConf;

/**
 * What a round sends over Spark's network between tasks and the driver, but for its broadcast.
 *
 * @param results bytes that the driver receives, of all tasks together
 * @param task bytes that a worker's task brings along
 */
record DriverTraffic(long results, long task) {
  private static final String RESULTS = "spark.driver.maxResultSize";
  private static final String MESSAGE = "spark.rpc.message.maxSize";
  private static final int MEBIBYTE = 1 << 20;

  /**
   * That of a training whose executors are JVMs of their own.
   *
   * @param parameters of the student, and of what learns beside it
   */
  static DriverTraffic of(int parameters, UpdaterStates updaters, int workers, Patience patience) {
    long own = updaters.kind() == UpdaterState.LOCAL ? updaters.length() : 0;
    long shared =
        (long) parameters + (updaters.kind() == UpdaterState.AVERAGE ? updaters.length() : 0);
    int states = patience.deadline() > 0 ? workers : RoundJob.statesOnDriver(workers);
    return new DriverTraffic(Float.BYTES * (states * shared + workers * own), Float.BYTES * own);
  }

  /**
   * Refuses, before the first round, what Spark would in its midst.
   *
   * @throws InvalidConfigurationException if Spark's settings allow less
   */
  void requireAllowed(SparkConf conf) {
    long most = conf.getSizeAsBytes(RESULTS, "1g");
    // 0 stands for no limit.
    if (most > 0 && results > most) {
      throw refused("the results of a round", results, RESULTS, most);
    }
    long message = (long) conf.getInt(MESSAGE, 128) * MEBIBYTE;
    if (task > message) {
      throw refused("a task with its worker's updater", task, MESSAGE, message);
    }
  }

  private static InvalidConfigurationException refused(
      String what, long bytes, String setting, long allowed) {
    return new InvalidConfigurationException(
        "Cannot train in rounds, "
            + what
            + " would have more bytes than "
            + setting
            + " allows, which are "
            + allowed
            + ": "
            + bytes
            + ". Set it to "
            + ((bytes + bytes / 10) / MEBIBYTE + 1)
            + (setting.equals(RESULTS) ? "m" : "")
            + " or more, or choose a smaller student.");
  }
}
