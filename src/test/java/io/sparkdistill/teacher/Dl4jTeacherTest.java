package io.sparkdistill.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.examples.Example;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.testing.TinyStudent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students that were published before, as teachers. */
class Dl4jTeacherTest {
  private static final float[] FIRST = {1, 2, 3, 4};
  private static final float[] SECOND = {-1, 0, 1, 0};

  @TempDir private Path folder;

  @Test
  void eachBatchGivesWhatTheStudentComputesBeforeItsSoftmax() {
    byte[] zip = TinyStudent.zip(4, 3);

    try (Teacher teacher = spec(zip, 4, 3).open(zip)) {
      Teacher.Batch one = teacher.batch(5);
      Teacher.Batch other = teacher.batch(2);
      one.put(0, new Example("a", 0, FIRST));
      one.put(1, new Example("b", 0, SECOND));
      other.put(0, new Example("b", 0, SECOND));

      assertThat(one.score(2).logits()).containsExactly(20, 8, 12, -4, 0, 4);
      assertThat(other.score(1).logits()).containsExactly(-4, 0, 4);
      assertThat(one.score(2).logits()).containsExactly(20, 8, 12, -4, 0, 4);
    }
  }

  @Test
  void refusesRowsOfAnotherWidthAndOtherClasses() {
    byte[] zip = TinyStudent.zip(4, 3);

    assertThatThrownBy(() -> spec(zip, 5, 3).open(zip))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot use teacher s.zip, it reads 4 features and rows have 5. Give the data that it"
                + " was trained on, or another teachers[0].dl4j.");
    assertThatThrownBy(() -> spec(zip, 4, 2).open(zip))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot use teacher s.zip, it gives 3 logits a row and dataset.classes is 2. Correct"
                + " dataset.classes, or give another teachers[0].dl4j.");
  }

  @Test
  void refusesAZipThatHoldsNoStudent() throws IOException {
    Path file = Files.writeString(folder.resolve("s.zip"), "no zip");

    assertThatThrownBy(
            () ->
                Dl4jModelFile.read(
                    new TeacherSource.Dl4j(file.toString()), "teachers[0]", new Configuration()))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "Cannot open teacher " + file + ", the reader of students refuses it: ")
        .hasMessageEndingWith("Give the student.zip of an output.");
  }

  @Test
  void namesTheKeyOfAFileThatIsNotThere() {
    Path file = folder.resolve("gone.zip");

    assertThatThrownBy(
            () ->
                Dl4jModelFile.read(
                    new TeacherSource.Dl4j(file.toString()), "teachers[0]", new Configuration()))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot open teacher "
                + file
                + ", there is no such file or folder. Correct teachers[0].dl4j.");
  }

  private static TeacherSpec spec(byte[] zip, int width, int classes) {
    return new Dl4jModelFile("teachers[0]", "s.zip", zip, Sha256.of(zip), 1)
        .spec(width, classes, 1);
  }
}
