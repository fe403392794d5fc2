package io.sparkdistill.cli;

import io.sparkdistill.config.reading.ConfigText;
import io.sparkdistill.diagnosis.Outages;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Connectors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Reads a configuration at a Hadoop URI, and what it includes beside it. */
final class RemoteConf {
  private final Configuration hadoop;

  RemoteConf(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  ConfigText read(String place) {
    try {
      return read(new Path(place));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(Secrets.mask(place), e);
    }
  }

  private ConfigText read(Path path) throws IOException {
    try (InputStream in = Connectors.open(path, hadoop).open(path)) {
      return new ConfigText(
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          Secrets.mask(path.toString()),
          name -> beside(path, name));
    }
  }

  private Optional<ConfigText> beside(Path conf, String name) {
    try {
      return Optional.of(read(new Path(conf.getParent(), name)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(
          Secrets.mask(name) + ", which " + Secrets.mask(conf.toString()) + " includes", e);
    }
  }

  private static DistillException unreadable(String what, Exception e) {
    String sentence = "Cannot read configuration " + what + ": " + Secrets.messageOf(e);
    // So Hadoop says as well that it does not know a host.
    boolean unserved = e instanceof IllegalArgumentException && Outages.behind(e).isEmpty();
    if (unserved || e instanceof UnsupportedFileSystemException) {
      return new InvalidConfigurationException(
          sentence + ". Correct the URI, or add the file system's jar to the class path.", e);
    }
    if (e instanceof FileNotFoundException || e instanceof AccessControlException) {
      return new InvalidConfigurationException(sentence + ". Correct the URI.", e);
    }
    return new TransientException(sentence + ". Try again.", e);
  }
}
