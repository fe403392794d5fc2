package io.sparkdistill.student;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses among the builds of ND4J's native library that the class path carries the fastest that
 * this processor runs: with oneDNN or without, for AVX-512, AVX2 or any processor. Must be called
 * in every JVM before ND4J is touched; later calls change nothing. A system property that the user
 * has set wins. Thread-safe.
 */
public final class NativeBackend {
  static final String PROPERTY = "org.bytedeco.javacpp.platform.extension";
  private static final String BINDINGS = "org/nd4j/linalg/cpu/nativecpu/bindings/";
  private static final List<String> AVX2 = List.of("avx2", "fma");
  private static final List<String> AVX512 =
      List.of("avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd");

  /**
   * A build of the library.
   *
   * @param extension of the platform's name
   * @param needs flags of the processor
   */
  private record Build(String extension, List<String> needs) {}

  /** The best first: oneDNN's convolutions count for more than wide element-wise operations. */
  private static final List<Build> BUILDS =
      List.of(
          new Build("-onednn-avx512", AVX512),
          new Build("-onednn-avx2", AVX2),
          new Build("-onednn", List.of()),
          new Build("-avx512", AVX512),
          new Build("-avx2", AVX2));

  private static final Logger LOG = LoggerFactory.getLogger(NativeBackend.class);

  private NativeBackend() {}

  /** Sets the property that JavaCPP reads when it loads ND4J. */
  public static synchronized void choose() {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    String extension = fastest(processorFlags(Path.of("/proc/cpuinfo")), NativeBackend::carried);
    System.setProperty(PROPERTY, extension);
    LOG.info("ND4J's native library: {}", extension.isEmpty() ? "plain" : extension.substring(1));
  }

  /**
   * Whether the chosen build has oneDNN's convolutions.
   *
   * @return false before the choice
   */
  public static boolean hasOneDnn() {
    return System.getProperty(PROPERTY, "").contains("onednn");
  }

  interface Carried {
    boolean test(String extension);
  }

  static String fastest(Set<String> flags, Carried carried) {
    return BUILDS.stream()
        .filter(build -> flags.containsAll(build.needs()) && carried.test(build.extension()))
        .findFirst()
        .map(Build::extension)
        .orElse("");
  }

  private static boolean carried(String extension) {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String platform = "linux-" + (arch.equals("amd64") ? "x86_64" : arch);
    URL library =
        NativeBackend.class
            .getClassLoader()
            .getResource(BINDINGS + platform + extension + "/libnd4jcpu.so");
    return library != null;
  }

  static Set<String> processorFlags(Path cpuinfo) {
    try {
      return Files.readAllLines(cpuinfo).stream()
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }
}
