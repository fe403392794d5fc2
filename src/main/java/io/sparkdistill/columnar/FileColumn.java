package io.sparkdistill.columnar;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A column in which every row has a value.
 *
 * @param name of the column
 * @param kind what its values are
 */
public record FileColumn(String name, Kind kind) {
  /** What a value is. */
  public enum Kind {
    /** UTF-8. */
    TEXT,
    /** Bytes. */
    BYTES,
    /** A whole number of 32 bits. */
    INT,
    /** A whole number of 64 bits. */
    LONG,
    /** A number of 32 bits. */
    FLOAT,
    /** At least one float. */
    FLOATS,
    /** At least one whole number of 8 bits. */
    BYTE_LIST,
    /** At least one whole number of 16 bits. */
    SHORT_LIST,
    /** At least one whole number of 32 bits. */
    INT_LIST;

    boolean isList() {
      return switch (this) {
        case TEXT, BYTES, INT, LONG, FLOAT -> false;
        case FLOATS, BYTE_LIST, SHORT_LIST, INT_LIST -> true;
      };
    }
  }

  Type type() {
    return switch (kind) {
      case TEXT ->
          Types.required(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case BYTES -> Types.required(PrimitiveTypeName.BINARY).named(name);
      case INT -> Types.required(PrimitiveTypeName.INT32).named(name);
      case LONG -> Types.required(PrimitiveTypeName.INT64).named(name);
      case FLOAT -> Types.required(PrimitiveTypeName.FLOAT).named(name);
      case FLOATS -> Types.requiredList().requiredElement(PrimitiveTypeName.FLOAT).named(name);
      case BYTE_LIST -> wholes(8);
      case SHORT_LIST -> wholes(16);
      case INT_LIST -> wholes(32);
    };
  }

  private Type wholes(int bits) {
    return Types.requiredList()
        .requiredElement(PrimitiveTypeName.INT32)
        .as(LogicalTypeAnnotation.intType(bits, true))
        .named(name);
  }
}
