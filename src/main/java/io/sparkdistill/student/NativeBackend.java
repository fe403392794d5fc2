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
 * Chooses among the builds of ND4J's native library that the jar carries the fastest that this
 * processor runs: avx512, avx2, or the plain one. Must be called in every JVM before ND4J is
 * touched; later calls change nothing. A system property that the user has set wins. Thread-safe.
 */
public final class NativeBackend {
  static final String PROPERTY = "org.bytedeco.javacpp.platform.extension";
  private static final String BINDINGS = "org/nd4j/linalg/cpu/nativecpu/bindings/";
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

  interface Carried {
    boolean test(String extension);
  }

  static String fastest(Set<String> flags, Carried carried) {
    boolean avx512 =
        flags.containsAll(List.of("avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd"));
    if (avx512 && carried.test("-avx512")) {
      return "-avx512";
    }
    boolean avx2 = flags.containsAll(List.of("avx2", "fma"));
    return avx2 && carried.test("-avx2") ? "-avx2" : "";
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
