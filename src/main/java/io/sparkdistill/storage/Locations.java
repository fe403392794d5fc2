package io.sparkdistill.storage;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Paths;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Turns configured places into Hadoop paths. Stateless and thread-safe. */
public final class Locations {
  private static final Pattern SPECIAL = Pattern.compile("[\\[\\]{}*?\\\\]");

  private Locations() {}

  /**
   * A fully qualified path. What has a scheme keeps it; an absolute path without one belongs to the
   * default file system; a relative one is local.
   *
   * @param place a Hadoop URI or a path
   * @param conf where file systems are configured
   * @return a path with scheme
   * @throws BadInputException where no file system serves the scheme, or this JVM cannot name it
   */
  public static Path resolve(String place, Configuration conf) {
    try {
      Path path = new Path(place);
      if (path.toUri().getScheme() == null && !path.isAbsolute()) {
        // Not by its URI, which ends with a slash where the place is a folder.
        return new Path("file", null, Paths.get(place).toAbsolutePath().normalize().toString());
      }
      Path qualified = Connectors.open(path, conf).makeQualified(path);
      if (LocalFiles.isLocal(qualified)) {
        refuseUnspeakable(place);
      }
      return qualified;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "Cannot use path "
              + Secrets.mask(place)
              + ", no file system serves it: "
              + Secrets.messageOf(e)
              + ". Correct it, or add the file system's jar to the class path.",
          e);
    }
  }

  /** Java writes ? for letters that the locale lacks, and two places would become one. */
  private static void refuseUnspeakable(String place) {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (!Charset.forName(encoding).newEncoder().canEncode(place)) {
      throw new BadInputException(
          "Cannot use path "
              + Secrets.mask(place)
              + ", the locale's encoding lacks some of its letters: "
              + encoding
              + ". Set the environment variable LC_ALL to C.UTF-8.");
    }
  }

  /**
   * A path for Spark's readers, which take brackets, braces, stars and question marks for patterns.
   *
   * @param path any path
   * @return a pattern that fits this path alone
   */
  public static String literal(Path path) {
    return SPECIAL.matcher(path.toString()).replaceAll("\\\\$0");
  }

  /**
   * The file system of a path.
   *
   * @param path any path
   * @param conf where file systems are configured
   * @return a shared instance, as Hadoop keeps it
   */
  public static FileSystem fileSystem(Path path, Configuration conf) {
    try {
      return Connectors.open(path, conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A path as messages and manifests show it.
   *
   * @param path any path
   * @return its text without credentials; local ones without their scheme
   */
  public static String display(Path path) {
    String text = Secrets.mask(path.toString());
    return text.startsWith("file:/")
        ? Path.getPathWithoutSchemeAndAuthority(path).toString()
        : text;
  }
}
