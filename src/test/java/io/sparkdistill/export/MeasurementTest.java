package io.sparkdistill.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.ExportConfig;
import io.sparkdistill.teacher.OnnxFile;
import io.sparkdistill.testing.TinyTeacher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import onnx.Onnx;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;

/** Sizes and times. */
class MeasurementTest {
  private static final OnnxFile TEACHER =
      new OnnxFile(new TinyTeacher().bytes(), "teacher.onnx", 12, 3).ofTeacher("teachers[0]");

  @Test
  void multiplicationsAreThoseOfProductsAndConvolutions() {
    OnnxFile dense =
        TestNetworks.written(
            TestNetworks.of(InputType.feedForward(12), new DenseLayer.Builder().nOut(20).build()),
            12);
    OnnxFile images =
        TestNetworks.written(
            TestNetworks.of(
                InputType.convolutionalFlat(6, 8, 2),
                new ConvolutionLayer.Builder(3, 3).nOut(4).build()),
            96);

    assertThat(MultiplyAdds.of(TEACHER)).hasValue(12 * 3);
    assertThat(MultiplyAdds.of(dense)).hasValue(12 * 20 + 20 * 3);
    assertThat(MultiplyAdds.of(images)).hasValue(4 * 6 * 4 * 2 * 9 + 4 * 6 * 4 * 3);
  }

  @Test
  void productsOfOtherRowsAreNotCounted() throws IOException {
    Onnx.ModelProto tiny =
        Onnx.ModelProto.parseFrom(new TinyTeacher().withWidth(4).withClasses(1).bytes());
    Onnx.ModelProto whole = Onnx.ModelProto.parseFrom(new TinyTeacher().bytes());
    Onnx.GraphProto.Builder graph = whole.getGraph().toBuilder().clearNode().clearInitializer();
    graph
        .addInitializer(tiny.getGraph().getInitializer(0))
        .addInitializer(shape("three", -1, 4))
        .addInitializer(shape("one", -1, 3))
        .addNode(node("Reshape", "features", "three", "parts"))
        .addNode(node("MatMul", "parts", "weights", "products"))
        .addNode(node("Reshape", "products", "one", "logits"));
    OnnxFile parts =
        new OnnxFile(whole.toBuilder().setGraph(graph).build().toByteArray(), "parts.onnx", 12, 3)
            .ofTeacher("teachers[0]");

    assertThat(parts.open(List.of()).score(new float[12], 1).logits()).hasSize(3);
    assertThat(MultiplyAdds.of(parts)).isEmpty();
  }

  private static Onnx.TensorProto shape(String name, long... sizes) {
    Onnx.TensorProto.Builder shape =
        Onnx.TensorProto.newBuilder()
            .setName(name)
            .setDataType(Onnx.TensorProto.DataType.INT64.getNumber())
            .addDims(sizes.length);
    LongStream.of(sizes).forEach(shape::addInt64Data);
    return shape.build();
  }

  private static Onnx.NodeProto node(String type, String first, String second, String output) {
    return Onnx.NodeProto.newBuilder()
        .setOpType(type)
        .addInput(first)
        .addInput(second)
        .addOutput(output)
        .build();
  }

  @Test
  void modelsAreMeasuredSideBySideAndComparedWithTheTeacher() {
    OnnxFile student =
        TestNetworks.written(
            TestNetworks.of(InputType.feedForward(12), new DenseLayer.Builder().nOut(20).build()),
            12);
    Measurement measurement = new Measurement(new ExportConfig.Timing(1e-3, List.of(1, 8)));

    Sizes sizes =
        measurement.of(
            List.of(
                MeasuredModel.teacher("teacher", TEACHER, 36),
                new MeasuredModel(
                    "student",
                    Optional.of("student.onnx"),
                    student,
                    323,
                    student,
                    Optional.of(new Deviation(1, 1e-6, 0, 0)))));

    assertThat(sizes.teachers().get(0).file()).isNull();
    ModelSize found = sizes.students().get(0);
    assertThat(found.bytes()).isEqualTo(student.bytes().length);
    assertThat(found.maxDifference()).isEqualTo(1e-6);
    assertThat(found.latency()).extracting(Latency::rows).containsExactly(1, 8);
    assertThat(found.latency()).allMatch(latency -> latency.p50() <= latency.p99());
    assertThat(sizes.factors().get(0).multiplyAdds()).isEqualTo(0.12);
    assertThat(sizes.factors().get(0).latency()).hasSize(2);
    assertThat(Sizes.fromJson(sizes.toJson())).isEqualTo(sizes);
  }

  @Test
  void sizesAloneAreToldWhereNothingIsTimed() {
    Sizes sizes =
        new Measurement(new ExportConfig.Timing(0, List.of(1)))
            .of(List.of(MeasuredModel.teacher("teacher", TEACHER, 36)));

    assertThat(sizes.teachers().get(0).latency()).isEmpty();
    assertThat(sizes.factors()).isEmpty();
  }

  @Test
  void modelsTakeTurnsForAsLongAsTheyAreGiven() {
    AtomicLong clock = new AtomicLong();
    List<String> order = new ArrayList<>();
    Stopwatch stopwatch = new Stopwatch(clock::get, 1e-6);

    List<List<Long>> times =
        stopwatch.time(
            List.of(
                () -> {
                  order.add("a");
                  clock.addAndGet(50);
                },
                () -> {
                  order.add("b");
                  clock.addAndGet(100);
                }));

    // Turns of 100 ns: two to warm up, then ten for each.
    assertThat(times.get(0)).hasSize(20).containsOnly(50L);
    assertThat(times.get(1)).hasSize(10).containsOnly(100L);
    assertThat(order).startsWith("a", "a", "b", "a", "a", "b", "a", "a");
  }

  @Test
  void percentilesAreTimesThatWereSeen() {
    List<Long> nanos = LongStream.rangeClosed(1, 200).map(i -> i * 1000).boxed().toList();

    assertThat(Latency.of(4, nanos)).isEqualTo(new Latency(4, 100, 198, 200));
    assertThat(Latency.of(4, List.of(1234L))).isEqualTo(new Latency(4, 1.2, 1.2, 1));
  }

  @Test
  void processorsWithoutANameAreToldByTheirKind() {
    assertThat(Measurement.processor(Path.of("/nowhere"))).isEqualTo(System.getProperty("os.arch"));
  }
}
