package io.sparkdistill.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.student.StudentZip;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Units that go, and what stays. */
class UnitPruningTest {
  private static final int WIDTH = 64;
  private static final int CLASSES = 3;
  private static final StudentConfig DENSE =
      new StudentConfig(List.of(16, 8), StudentConfig.Activation.RELU);
  private static final StudentConfig IMAGES =
      new StudentConfig(
          List.of(8),
          StudentConfig.Activation.RELU,
          new StudentConfig.Cnn(List.of(4, 8), 3, 2, List.of()));

  @Test
  void unitsThatSayNothingAreTheFirstToGo() {
    assertSilentUnitsGo(DENSE);
    assertSilentUnitsGo(IMAGES);
  }

  /** Half of each hidden layer's units get weights and biases that are zeros. */
  private static void assertSilentUnitsGo(StudentConfig student) {
    float[] parameters = random(size(student));
    int from = 0;
    List<PrunedLayer> layers = UnitPruning.layers(student, WIDTH, CLASSES);
    for (PrunedLayer layer : layers.subList(0, layers.size() - 1)) {
      for (int unit = 0; unit < layer.units(); unit += 2) {
        parameters[from + layer.bias(unit)] = 0;
        for (int i = 0; i < layer.below() * layer.each(); i++) {
          parameters[from + layer.weight(unit, 0, i)] = 0;
        }
      }
      from += (int) layer.size();
    }

    PrunedStudent pruned = UnitPruning.prune(student, WIDTH, CLASSES, parameters, shareOf(student));

    float[] rows = random(5 * WIDTH);
    float[] expected = scorer(student, parameters).score(rows, 5);
    float[] found = scorer(pruned.student(), pruned.parameters()).score(rows, 5);
    assertThat(pruned.parameters().length).isLessThan(parameters.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  /** What half of the units takes away, and not more. */
  private static double shareOf(StudentConfig student) {
    StudentConfig.Cnn cnn = student.cnn();
    StudentConfig half =
        new StudentConfig(
            student.hidden().stream().map(units -> units / 2).toList(),
            student.activation(),
            new StudentConfig.Cnn(
                cnn.channels().stream().map(units -> units / 2).toList(),
                cnn.kernel(),
                cnn.pool(),
                cnn.image()));
    return 1 - (double) size(half) / size(student) - 1e-9;
  }

  @Property(seed = "1", tries = 50)
  void whatIsLeftIsAStudentOfTheAskedSize(
      @ForAll @DoubleRange(min = 0, max = 0.95) double share,
      @ForAll @IntRange(min = 5, max = 40) int first,
      @ForAll @IntRange(min = 5, max = 40) int second) {
    StudentConfig student =
        new StudentConfig(List.of(first, second), StudentConfig.Activation.TANH);

    PrunedStudent pruned = UnitPruning.prune(student, WIDTH, CLASSES, random(size(student)), share);

    assertThat(pruned.parameters()).hasSize(size(pruned.student()));
    boolean least = pruned.student().hidden().contains(1);
    assertThat(least || pruned.parameters().length <= (1 - share) * size(student) + 1e-6).isTrue();
    // One more unit of each layer would be too many.
    StudentConfig more =
        new StudentConfig(
            pruned.student().hidden().stream().map(units -> units + 1).toList(),
            student.activation());
    assertThat(size(more)).isGreaterThan((int) ((1 - share) * size(student)));
  }

  @Test
  void nothingGoesWhereNothingShallGo() {
    float[] parameters = random(size(IMAGES));

    PrunedStudent pruned = UnitPruning.prune(IMAGES, WIDTH, CLASSES, parameters, 0);

    assertThat(pruned.student()).isEqualTo(IMAGES);
    assertThat(pruned.parameters()).isEqualTo(parameters);
  }

  private static int size(StudentConfig student) {
    return (int)
        UnitPruning.layers(student, WIDTH, CLASSES).stream().mapToLong(PrunedLayer::size).sum();
  }

  private static float[] random(int count) {
    Random random = new Random(11);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static StudentScorer scorer(StudentConfig student, float[] parameters) {
    TrainingConfig training =
        ConfigLoader.fromText(
                """
                distill {
                  output = out
                  dataset { train.path = train, test.path = test, classes = 3 }
                  teachers = [{ onnx = teacher.onnx }]
                }
                """,
                "test",
                List.of())
            .config()
            .training();
    return StudentScorer.open(
        StudentZip.write(
            new StudentNetworks(student, WIDTH, CLASSES).published(training), parameters),
        "test");
  }
}
