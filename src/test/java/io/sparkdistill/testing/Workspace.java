package io.sparkdistill.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A folder with data, a teacher and a configuration, ready to run. */
public final class Workspace {
  private final Path folder;

  private Workspace(Path folder) {
    this.folder = folder;
  }

  /** Everything in order, and small enough that a run takes seconds. */
  public static Workspace create(Path folder) {
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      TinyDigits.write(spark, folder.resolve("data"), 3);
    }
    new TinyTeacher().write(folder.resolve("teacher.onnx"));
    Workspace workspace = new Workspace(folder);
    workspace.writeConf("");
    return workspace;
  }

  /** The configuration, with lines that come after all others and win over them. */
  public void writeConf(String more) {
    String text =
        """
        distill {
          output = "%1$s/out"
          dataset {
            train { path = "%1$s/data/train" }
            test { path = "%1$s/data/test" }
            classes = 3
          }
          teachers = [{ onnx = "%1$s/teacher.onnx" }]
          softTargets { batchSize = 64 }
          student { hidden = [16] }
          training { epochs = 4, batchSize = 16, averageEvery = 5, workers = 2
            updater { adam { learningRate = 0.01 } } }
          export { onnx = false }
        %2$s
        }
        """
            .formatted(folder, more);
    write("distill.conf", text);
  }

  public Path folder() {
    return folder;
  }

  public Path output() {
    return folder.resolve("out");
  }

  public String conf() {
    return folder.resolve("distill.conf").toString();
  }

  public void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public String read(String name) {
    try {
      return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Flips a bit of a file, or flips it back, and lets no checksum beside it tell. */
  public static void flip(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every file below a folder but locks, and its digest. */
  public static Map<String, String> contents(Path root) {
    Map<String, String> contents = new TreeMap<>();
    if (!Files.exists(root)) {
      return contents;
    }
    try (Stream<Path> files = Files.walk(root)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(".lock")) {
          contents.put(
              root.relativize(file).toString(),
              HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))));
        }
      }
      return contents;
    } catch (IOException | java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
