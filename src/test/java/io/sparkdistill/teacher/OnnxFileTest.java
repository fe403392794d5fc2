package io.sparkdistill.teacher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.testing.TinyTeacher;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx;
import org.junit.jupiter.api.Test;

/** What is said of a file depends on whose it is. */
class OnnxFileTest {
  private static final byte[] WHOLE = new TinyTeacher().bytes();

  @Test
  void ofATeacherTheConfigurationIsNamed() {
    OnnxFile file = new OnnxFile(WHOLE, "tiny.onnx", 12, 4).ofTeacher("teachers[0]");

    assertThatThrownBy(() -> file.open(List.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot use teacher tiny.onnx, its output logits has shape [-1, 3] and dataset.classes"
                + " is 4, so [n, 4] was expected. Correct dataset.classes or teachers[0].output, or"
                + " give another teacher.");
  }

  @Test
  void aStudentThatDoesNotFitIsNotWhatWasExported() {
    OnnxFile file = new OnnxFile(WHOLE, "student.onnx", 12, 4);

    assertThatThrownBy(() -> file.open(List.of()))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot use student student.onnx, its output logits has shape [-1, 3] and"
                + " dataset.classes is 4, so [n, 4] was expected. Restore it, or export it again"
                + " into another output.");
  }

  @Test
  void aStudentThatIsCutShortIsDamagedWhateverIsAskedOfIt() {
    byte[] cut = Arrays.copyOf(WHOLE, WHOLE.length / 2);
    OnnxFile file = new OnnxFile(cut, "student.onnx", 12, 3);

    assertThatThrownBy(() -> file.open(List.of("logits")))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot open student student.onnx, it is no ONNX model or was cut short. Restore it, or"
                + " export it again into another output.")
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> file.open(List.of()))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Cannot open student student.onnx, ONNX Runtime refuses it: ")
        .hasMessageEndingWith(". Restore it, or export it again into another output.");
  }

  @Test
  void aStudentThatTheRuntimeRefusesIsDamaged() throws IOException {
    Onnx.ModelProto.Builder model = Onnx.ModelProto.parseFrom(WHOLE).toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setOpType("Nonsense");
    OnnxFile file = new OnnxFile(model.build().toByteArray(), "student.onnx", 12, 3);

    assertThatThrownBy(() -> file.open(List.of("logits")))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Cannot open student student.onnx, ONNX Runtime refuses it: ");
  }
}
