package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Rows of the cache as Parquet records, without an object for each number. */
final class SoftTargetWriteSupport extends WriteSupport<ScoredRow> {
  private final LogitCodec codec;
  private RecordConsumer out;

  SoftTargetWriteSupport(LogitCodec codec) {
    this.codec = codec;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema(), Map.of());
  }

  private MessageType schema() {
    Type logits =
        codec instanceof PackedCodec
            ? Types.required(PrimitiveTypeName.BINARY).named("logits")
            : floats("logits");
    return Types.buildMessage()
        .addFields(
            Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named("id"),
            Types.required(PrimitiveTypeName.BINARY).named("input_hash"),
            Types.required(PrimitiveTypeName.INT32).named("label"),
            floats("features"),
            logits)
        .named("soft_target");
  }

  private static Type floats(String name) {
    return Types.requiredList().requiredElement(PrimitiveTypeName.FLOAT).named(name);
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.out = consumer;
  }

  @Override
  public void write(ScoredRow row) {
    Example example = row.example();
    out.startMessage();
    out.startField("id", 0);
    out.addBinary(Binary.fromString(example.id()));
    out.endField("id", 0);
    binary("input_hash", 1, row.inputHash());
    out.startField("label", 2);
    out.addInteger(example.label());
    out.endField("label", 2);
    list("features", 3, example.features());
    if (codec instanceof PackedCodec) {
      binary("logits", 4, row.packed());
    } else {
      list("logits", 4, row.logits());
    }
    out.endMessage();
  }

  private void binary(String name, int index, byte[] value) {
    out.startField(name, index);
    out.addBinary(Binary.fromConstantByteArray(value));
    out.endField(name, index);
  }

  private void list(String name, int index, float[] values) {
    out.startField(name, index);
    out.startGroup();
    if (values.length > 0) {
      out.startField("list", 0);
      for (float value : values) {
        out.startGroup();
        out.startField("element", 0);
        out.addFloat(value);
        out.endField("element", 0);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
    out.endField(name, index);
  }
}
