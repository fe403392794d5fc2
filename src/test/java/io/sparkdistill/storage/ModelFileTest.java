package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sparkdistill.failure.IntegrityException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of networks, given by whoever configures them. */
class ModelFileTest {
  private final Configuration conf = new Configuration();
  @TempDir private Path folder;

  @Test
  void ofACopyOfAStudentTheNewestVersionIsRead() throws IOException {
    publish("older");
    publish("newer");
    Path copy = folder.resolve("student/student.zip");
    for (String other : List.of("older", "", "newer and longer")) {
      Files.writeString(copy, other);
      assertThat(read(copy)).isEqualTo("newer");
    }
    Files.delete(copy);
    assertThat(read(copy)).isEqualTo("newer");
  }

  @Test
  void refusesAVersionOfAStudentThatIsNotWhatWasPublished() throws IOException {
    Path file = folder.resolve("student").resolve(publish("student").path());
    Files.writeString(file, "another");
    assertThatThrownBy(() -> read(folder.resolve("student/student.zip")))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Cannot use " + file + ", its SHA-256 is ")
        .hasMessageEndingWith(". It is not what was published: restore it, or use another output.");
  }

  @Test
  void fileThatNoVersionListsIsReadAsItStands() throws IOException {
    publish("student");
    Path beside = Files.writeString(folder.resolve("student/student.onnx"), "beside");
    assertThat(read(beside)).isEqualTo("beside");
    Path elsewhere = Files.createDirectories(folder.resolve("saved/student"));
    Path plain = Files.writeString(elsewhere.resolve("student.zip"), "plain");
    assertThat(read(plain)).isEqualTo("plain");
  }

  @Test
  void fileOfAServerThatListsNothingIsReadAsItStands() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/student/student.zip",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write("served".getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    try {
      String place = "http://localhost:" + server.getAddress().getPort() + "/student/student.zip";
      assertThat(ModelFile.read("teacher", place, "dl4j", "a zip", conf).bytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("served");
    } finally {
      server.stop(0);
    }
  }

  private String read(Path file) {
    ModelFile read = ModelFile.read("teacher", file.toString(), "dl4j", "a zip", conf);
    assertThat(read.place()).isEqualTo(file.toString());
    return new String(read.bytes(), StandardCharsets.UTF_8);
  }

  private PublishedFile publish(String student) {
    StageDirectory directory =
        new StageDirectory(
            new org.apache.hadoop.fs.Path(folder.toUri()), "student", Set.of("student.zip"), conf);
    PublishedFile file =
        directory.write(
            directory.newAttempt(), "student.zip", student.getBytes(StandardCharsets.UTF_8));
    directory.publish(
        Manifest.unpublished("student", Map.of(), Map.of(), List.of(file)), directory.current());
    return file;
  }
}
