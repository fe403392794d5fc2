package io.sparkdistill.software;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Versions that the build has put down. */
class VersionsTest {
  @Test
  void theBuildHasFilledInEachVersion() {
    assertThat(Versions.running())
        .containsOnlyKeys("Deeplearning4j", "Java", "ONNX Runtime", "spark-distill")
        .allSatisfy((name, version) -> assertThat(version).matches("[0-9][^$]*"));
    assertThat(Versions.own()).isEqualTo(Versions.running().get("spark-distill"));
  }
}
