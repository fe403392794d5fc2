package io.sparkdistill.pipeline.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.TinyStudent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Earlier students that are to be judged. */
class IncumbentTest {
  @TempDir private Path folder;

  @Test
  void isReadAsItIs() throws IOException {
    Path file = TinyStudent.write(folder.resolve("student.zip"));
    Incumbent incumbent = read(file).fitting(TinyDigits.WIDTH, TinyDigits.CLASSES);
    assertThat(incumbent.candidate().name()).isEqualTo("incumbent");
    assertThat(incumbent.candidate().zip()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void refusesOtherFeaturesAndOtherClasses() {
    Incumbent incumbent = read(TinyStudent.write(folder.resolve("student.zip")));
    assertThatThrownBy(() -> incumbent.fitting(784, 10))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot judge the incumbent "
                + folder.resolve("student.zip")
                + ", it takes 12 features and knows 3 classes, where the test set has 784 and 10."
                + " Give the student.zip of an output of the same data set.");
  }

  @Test
  void placeOfReleasesBelongsToRowsOfOneWidthAndOneNumberOfClasses() {
    Incumbent incumbent = read(TinyStudent.write(folder.resolve("student.zip")));
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path("file:/released");
    assertThat(incumbent.replaceable(TinyDigits.WIDTH, TinyDigits.CLASSES, place))
        .isSameAs(incumbent);
    assertThatThrownBy(() -> incumbent.replaceable(100, 3, place))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot release to /released, the student that is in use there takes 12 features and"
                + " knows 3 classes, where the test set has 100 and 3. Set release.publishTo to"
                + " another place.");
  }

  @Test
  void refusesWhatIsNoStudent() throws IOException {
    Path file = Files.writeString(folder.resolve("s.zip"), "no zip");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "Cannot judge the incumbent " + file + ", the reader of students refuses it: ")
        .hasMessageEndingWith("Give the student.zip of an output of the same data set.");
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot open incumbent "
                + folder
                + ", it is a folder. Give the student.zip of an output.");
    assertThatThrownBy(() -> read(folder.resolve("gone")))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot open incumbent "
                + folder.resolve("gone")
                + ", there is no such file or folder. Correct evaluation.incumbent.");
  }

  private static Incumbent read(Path file) {
    return Incumbent.read(file.toString(), new Configuration());
  }
}
