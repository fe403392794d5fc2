package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest's paths stay in its stage's directory. */
class PublishedFileTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "..",
        "../x",
        "files/../../x",
        "files/..",
        "files\\..\\x",
        "hdfs://other/x",
        "c:x"
      })
  void refusesPathsThatLeave(String path) {
    assertThatThrownBy(() -> new PublishedFile(path, 1, "00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid path in a manifest: " + path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "files/a/x", "files/..a/x", "files/a../x", "files/date=2024/x"})
  void acceptsPathsThatStay(String path) {
    assertThat(new PublishedFile(path, 1, "00").name()).isEqualTo("x");
  }
}
