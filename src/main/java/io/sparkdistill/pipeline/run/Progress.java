package io.sparkdistill.pipeline.run;

/** Shows people how far work is. */
public interface Progress {
  /**
   * Says one thing.
   *
   * @param line without a line end
   */
  void say(String line);

  /**
   * Begins work that can be counted.
   *
   * @param name of the work
   * @param unit of what is counted, in the plural
   * @param total how many there are
   * @return to be closed when the work ends, well or not
   */
  Task begin(String name, String unit, long total);

  /** Work under way. */
  interface Task extends AutoCloseable {
    /**
     * Tells how far it is; calls are cheap.
     *
     * @param done 0 to total
     * @param note what else is worth showing; may be empty
     */
    void reached(long done, String note);

    @Override
    void close();
  }
}
