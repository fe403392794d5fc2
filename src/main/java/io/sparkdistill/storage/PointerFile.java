package io.sparkdistill.storage;

import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A line of text that is replaced in one step where the file system can: a reader sees the old or
 * the new. Instances hold no state but their place.
 */
public final class PointerFile {
  private final Path file;
  private final Configuration conf;

  /**
   * Looks at nothing yet.
   *
   * @param file qualified; need not exist
   * @param conf where file systems are configured
   */
  public PointerFile(Path file, Configuration conf) {
    this.file = file;
    this.conf = conf;
  }

  /**
   * The line.
   *
   * @return without its end; empty if there is no file
   * @throws TransientException if the file system fails
   */
  public Optional<String> read() {
    try {
      byte[] content = SmallFiles.read(Locations.fileSystem(file, conf), file);
      return Optional.of(new String(content, StandardCharsets.UTF_8).strip());
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /**
   * Replaces the line, unless it is the same.
   *
   * @param line new
   * @throws TransientException if the file system fails; the old line may still be there
   */
  public void replace(String line) {
    if (read().filter(line::equals).isPresent()) {
      return;
    }
    Path temporary = new Path(file.getParent(), "." + UUID.randomUUID());
    try {
      SmallFiles.replace(file, (line + "\n").getBytes(StandardCharsets.UTF_8), temporary, conf);
    } catch (IOException e) {
      throw failed("replace", e);
    }
  }

  private TransientException failed(String verb, IOException e) {
    return new TransientException(
        "Cannot "
            + verb
            + " "
            + Locations.display(file)
            + ", the file system failed: "
            + Secrets.messageOf(e)
            + ". Try again.",
        e);
  }
}
