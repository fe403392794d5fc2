package io.sparkdistill.softtargets;

import io.sparkdistill.examples.BadRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Rows that were not accepted, with the reason, as Parquet records. */
final class QuarantineWriteSupport extends WriteSupport<BadRow> {
  private static final MessageType SCHEMA =
      Types.buildMessage()
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("id")
          .optional(PrimitiveTypeName.DOUBLE)
          .named("label")
          .addField(Types.optionalList().optionalElement(PrimitiveTypeName.FLOAT).named("features"))
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("reason")
          .named("bad_row");

  private RecordConsumer out;

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.out = consumer;
  }

  @Override
  public void write(BadRow row) {
    out.startMessage();
    row.id().ifPresent(id -> text("id", 0, id));
    row.label()
        .ifPresent(
            label -> {
              out.startField("label", 1);
              out.addDouble(label);
              out.endField("label", 1);
            });
    row.features().ifPresent(this::features);
    text("reason", 3, row.reason());
    out.endMessage();
  }

  private void text(String name, int index, String value) {
    out.startField(name, index);
    out.addBinary(Binary.fromString(value));
    out.endField(name, index);
  }

  private void features(List<Optional<Float>> values) {
    out.startField("features", 2);
    out.startGroup();
    if (!values.isEmpty()) {
      out.startField("list", 0);
      for (Optional<Float> value : values) {
        out.startGroup();
        value.ifPresent(
            number -> {
              out.startField("element", 0);
              out.addFloat(number);
              out.endField("element", 0);
            });
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
    out.endField("features", 2);
  }
}
