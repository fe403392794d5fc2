package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NativeBackendTest {
  private static final Set<String> AVX512 =
      Set.of("avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd");
  private static final Set<String> AVX2 = Set.of("avx2", "fma");
  private static final List<String> ALL =
      List.of("", "-avx2", "-avx512", "-onednn", "-onednn-avx2", "-onednn-avx512");

  @Test
  void takesTheWidestBuildWithOneDnnThatTheProcessorRuns() {
    assertThat(NativeBackend.fastest(AVX512, ALL::contains)).isEqualTo("-onednn-avx512");
    assertThat(NativeBackend.fastest(AVX2, ALL::contains)).isEqualTo("-onednn-avx2");
    assertThat(NativeBackend.fastest(Set.of("sse2"), ALL::contains)).isEqualTo("-onednn");
  }

  @Test
  void takesOneDnnBeforeWiderBuildsWithoutIt() {
    List<String> carried = List.of("-onednn", "-avx512");
    assertThat(NativeBackend.fastest(AVX512, carried::contains)).isEqualTo("-onednn");
  }

  @Test
  void neverTakesABuildThatTheProcessorDoesNotRun() {
    List<String> carried = List.of("-avx512", "-avx2");
    assertThat(NativeBackend.fastest(AVX2, carried::contains)).isEqualTo("-avx2");
    assertThat(NativeBackend.fastest(Set.of("avx512f", "sse2"), carried::contains)).isEmpty();
  }
}
