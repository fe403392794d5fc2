package io.sparkdistill.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFileTest {
  private static final List<FileColumn> COLUMNS =
      List.of(new FileColumn("number", FileColumn.Kind.INT));

  @TempDir Path folder;
  private Configuration conf;
  private StageDirectory directory;

  @BeforeEach
  void open() {
    conf = new Configuration();
    directory =
        new StageDirectory(
            new org.apache.hadoop.fs.Path(folder.toUri()), "numbers", Set.of(), conf);
  }

  @Test
  void isThereOnlyAfterItsFirstRow() {
    AttemptFile<Integer, ColumnRows<Integer>> file = at("numbers/files/1.parquet");

    assertThat(file.finish(directory)).isEmpty();
    assertThat(file.writer()).isEmpty();
    assertThat(file.rows()).isZero();
    assertThat(folder.resolve("numbers")).doesNotExist();

    file.write(1);

    assertThat(file.rows()).isOne();
    assertThat(folder.resolve("numbers/files/1.parquet")).exists();
  }

  @Test
  void tellsLengthAndDigestOfWhatWasWritten() throws IOException {
    AttemptFile<Integer, ColumnRows<Integer>> file = at("numbers/files/1.parquet");
    file.write(1);
    file.write(2);

    PublishedFile published = file.finish(directory).orElseThrow();

    assertThat(published.path()).isEqualTo("files/1.parquet");
    assertThat(published.bytes()).isEqualTo(Files.size(folder.resolve("numbers/files/1.parquet")));
    assertThat(directory.difference(published)).isEmpty();
  }

  @Test
  void leavesNothingOfWhatIsDiscarded() {
    AttemptFile<Integer, ColumnRows<Integer>> begun = at("numbers/files/1.parquet");
    begun.write(1);
    AttemptFile<Integer, ColumnRows<Integer>> finished = at("numbers/files/2.parquet");
    finished.write(1);
    finished.finish(directory);

    begun.discard();
    finished.discard();
    at("numbers/files/3.parquet").discard();

    assertThat(folder.resolve("numbers/files")).isEmptyDirectory();
  }

  @Test
  void saysWhatCannotBeWrittenAndWhere() throws IOException {
    Files.writeString(folder.resolve("numbers"), "a file where a folder should be");
    AttemptFile<Integer, ColumnRows<Integer>> file = at("numbers/1.parquet");

    assertThatThrownBy(() -> file.write(1))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Cannot write numbers to " + folder.resolve("numbers/1.parquet"))
        .hasMessageContaining(", the file system failed: ")
        .hasMessageEndingWith(". Nothing was published; make room or repair it, and try again.");
    file.discard();
  }

  private AttemptFile<Integer, ColumnRows<Integer>> at(String name) {
    return new AttemptFile<>(
        "numbers",
        new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()),
        ColumnRows.of(COLUMNS, (number, file) -> file.number(0, number.intValue())),
        conf);
  }
}
