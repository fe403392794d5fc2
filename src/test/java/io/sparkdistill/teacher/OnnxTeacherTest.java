package io.sparkdistill.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.examples.Example;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.testing.TinyTeacher;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import onnx.Onnx;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A real session of the runtime. */
class OnnxTeacherTest {
  private static final float[] ROW = {-1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  @Test
  void theProcessorScoresWhereTheRuntimeKnowsNoGpu() {
    byte[] model = new TinyTeacher().bytes();

    try (Teacher teacher = OnnxTeacher.open(model, spec(model, List.of()).on(0))) {
      assertThat(score(teacher).logits()).containsExactly(-4, 8, 12);
    }
  }

  @Test
  void innerTensorsAreGivenBesideTheLogits() {
    byte[] model = new TinyTeacher().withHidden().bytes();

    try (Teacher teacher = OnnxTeacher.open(model, spec(model, List.of("hidden")))) {
      Answers answers = score(teacher);
      assertThat(answers.logits()).containsExactly(0, 8, 12);
      assertThat(answers.intermediates()).hasSize(1);
      assertThat(answers.intermediates().get(0)).startsWith(0, 2, 3, 0).hasSize(12);
    }
  }

  @Test
  void refusesInnerTensorsThatAreNotThere() {
    byte[] model = new TinyTeacher().bytes();

    assertThatThrownBy(() -> OnnxTeacher.open(model, spec(model, List.of("hidden"))))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot use teacher tiny.onnx, it has no tensor 'hidden': it has logits. Correct"
                + " teachers[0].intermediates.");
  }

  @Test
  void anOutputThatIsAnIntermediateAsWellMayStillBeTheLogits() throws IOException {
    byte[] model = withTwoOutputs(new TinyTeacher().withHidden().bytes());

    assertThatThrownBy(() -> OnnxTeacher.open(model, spec(model, List.of("hidden"))))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot use teacher tiny.onnx, it has several outputs and none is configured: it has"
                + " logits, hidden. Set teachers[0].output.");
  }

  @Test
  void refusesExternalDataWithinAFunction() throws IOException {
    Onnx.TensorProto outside =
        Onnx.TensorProto.newBuilder()
            .setName("secret")
            .setDataLocation(Onnx.TensorProto.DataLocation.EXTERNAL)
            .build();
    Onnx.NodeProto constant =
        Onnx.NodeProto.newBuilder()
            .setOpType("Constant")
            .addAttribute(Onnx.AttributeProto.newBuilder().setName("value").setT(outside))
            .build();
    byte[] model =
        Onnx.ModelProto.parseFrom(new TinyTeacher().bytes()).toBuilder()
            .addFunctions(Onnx.FunctionProto.newBuilder().setName("f").addNode(constant))
            .build()
            .toByteArray();

    assertThatThrownBy(() -> OnnxInspection.countParameters(model, "tiny.onnx"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("its tensor 'secret' is external data, in another file");
  }

  @Test
  void ofProbabilitiesTheLogarithmsAreGiven() {
    byte[] model = new TinyTeacher().withSoftmax().bytes();

    try (Teacher teacher =
        OnnxTeacher.open(model, spec(model, AnswerKind.PROBABILITIES, List.of()))) {
      double[] given = Distributions.logSoftmax(score(teacher).logits(), 1);
      double[] expected = Distributions.logSoftmax(new float[] {-4, 8, 12}, 1);
      assertThat(given).containsExactly(expected, Offset.offset(1e-5));
    }
  }

  @Test
  void onlyAnotherKindThanLogitsIsAnInput() {
    assertThat(file(new byte[1], AnswerKind.LOGITS, List.of()).identity())
        .containsOnlyKeys(
            "teacher.sha256", "teacher.input", "teacher.output", "teacher.intermediates");
    assertThat(file(new byte[1], AnswerKind.PROBABILITIES, List.of()).identity())
        .containsEntry("teacher.kind", "onnx of probabilities");
  }

  private static byte[] withTwoOutputs(byte[] model) throws IOException {
    Onnx.ModelProto.Builder changed = Onnx.ModelProto.parseFrom(model).toBuilder();
    Onnx.ValueInfoProto hidden =
        changed.getGraph().getInput(0).toBuilder().setName("hidden").build();
    changed.getGraphBuilder().addOutput(hidden);
    return changed.build().toByteArray();
  }

  private static Answers score(Teacher teacher) {
    Teacher.Batch batch = teacher.batch(4);
    batch.put(0, new Example("row", 0, ROW));
    return batch.score(1);
  }

  private static OnnxSpec spec(byte[] model, List<String> intermediates) {
    return spec(model, AnswerKind.LOGITS, intermediates);
  }

  private static OnnxSpec spec(byte[] model, AnswerKind gives, List<String> intermediates) {
    return file(model, gives, intermediates).spec(12, 3, 1);
  }

  private static OnnxModelFile file(byte[] model, AnswerKind gives, List<String> intermediates) {
    TeacherSource.Onnx source =
        new TeacherSource.Onnx(
            "tiny.onnx", Optional.empty(), Optional.empty(), gives, intermediates);
    return new OnnxModelFile(source, "teachers[0]", "tiny.onnx", model, Sha256.of(model), 36);
  }
}
