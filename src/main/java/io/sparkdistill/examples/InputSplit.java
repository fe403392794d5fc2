package io.sparkdistill.examples;

import io.sparkdistill.storage.Sha256;
import java.io.Serializable;

/**
 * A part of one input file as it was when it was planned: the unit of work that is done once. Where
 * a file is replaced, its parts are other splits.
 *
 * @param file its URI, with secrets masked
 * @param fileBytes length of the whole file
 * @param fileTime when it was last changed, milliseconds since 1970; {@link #NO_FILE} for none
 * @param start first byte of the part
 * @param length bytes of the part
 */
public record InputSplit(String file, long fileBytes, long fileTime, long start, long length)
    implements Serializable {
  /** The time of rows that come from no file. */
  public static final long NO_FILE = -1;

  /**
   * Whether the rows come from a file.
   *
   * @return false for a part of a table that is known by its rows alone
   */
  public boolean ofFile() {
    return fileTime != NO_FILE;
  }

  /**
   * Whether this may be the same part of the same file, which was touched, copied or renamed.
   *
   * @param other a part of a file that is not there any more
   * @return true if nothing but place and time differs
   */
  public boolean mayBe(InputSplit other) {
    return ofFile()
        && other.ofFile()
        && fileBytes == other.fileBytes
        && start == other.start
        && length == other.length;
  }

  /**
   * A name for it.
   *
   * @return 32 hexadecimal digits
   */
  public String key() {
    String text = String.join("\t", file, "" + fileBytes, "" + fileTime, "" + start, "" + length);
    return Sha256.of(text).substring(0, 32);
  }
}
