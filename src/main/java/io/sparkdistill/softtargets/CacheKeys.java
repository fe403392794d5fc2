package io.sparkdistill.softtargets;

/** What a cache's manifest names its inputs and facts; those of the teacher are the teacher's. */
public final class CacheKeys {
  /** The input that says how logits are stored. */
  public static final String CODEC = "codec";

  /** The input that says what the teacher was shown of each row. */
  public static final String VIEWS = "views";

  /** The input that is C. */
  public static final String CLASSES = "classes";

  /** The input that says where rows come from. */
  public static final String SOURCE = "examples.source";

  /** The input that names the columns of id, features and label. */
  public static final String COLUMNS = "examples.columns";

  /** The input that is the digest of the rows. */
  public static final String EXAMPLES = "examples.sha256";

  /** The fact that is the digest of the rows with their answers. */
  public static final String CONTENT = "content.sha256";

  /** The fact that counts the rows that have answers, each view by itself. */
  public static final String ROWS = "rows";

  /** The fact that counts the rows that were set aside. */
  public static final String BAD_ROWS = "badRows";

  /** The fact that counts the numbers in a row's features. */
  public static final String WIDTH = "examples.width";

  /** The fact that says where the teacher was read from. */
  public static final String TEACHER_PLACE = "teacher.place";

  /** The fact that is the size of the teacher's file in bytes, 0 where it has none. */
  public static final String TEACHER_BYTES = "teacher.bytes";

  /** The fact that counts what the teacher has learned, 0 where nobody knows. */
  public static final String TEACHER_PARAMETERS = "teacher.parameters";

  /**
   * The fact that counts the labels that the teacher disagrees with, absent where nobody teaches.
   */
  public static final String TEACHER_ERRORS = "teacher.errors";

  private CacheKeys() {}
}
