package io.sparkdistill.cli;

import static io.sparkdistill.cli.Labelled.requireRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Input that changes while it is labelled, and rows that only a task finds to be bad. */
@TestInstance(Lifecycle.PER_CLASS)
class ChangedInputTest {
  private static final int SHARD_ROWS = 200;

  private Path folder;
  private Labelled undisturbed;
  private Path train;
  private Labelled labelled;

  @BeforeAll
  void label(@TempDir Path folder) {
    this.folder = folder;
    undisturbed = Labelled.in(Workspace.create(folder));
    assertThat(undisturbed.label().err()).isEmpty();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      write(spark, "more", TinyDigits.rows("more", 5, 3));
      write(spark, "twice", TinyDigits.rows("train", 5, 3));
      // Too large for a float where four of them are summed: the probe does not see so small a
      // file.
      write(
          spark,
          "large",
          List.of(
              RowFactory.create("up", large(3e38f), 0),
              RowFactory.create("down", large(-3e38f), 0)));
      write(spark, "bad", List.of(RowFactory.create("bad", large(1), 9)));
    }
  }

  @BeforeEach
  void copyTheInput(TestInfo test) throws IOException {
    Path own = folder.resolve(test.getTestMethod().orElseThrow().getName());
    train = own.resolve("train");
    FileUtils.copyDirectory(folder.resolve("data/train").toFile(), train.toFile());
    labelled = undisturbed.to(own.resolve("out")).with("dataset.train.path=\"" + train + "\"");
  }

  @Test
  void fileThatChangesWhileItIsReadIsLabelledAgainAndNoOther() throws IOException {
    Path file = inputs().get(0);
    String others = "$(ls -d " + labelled.file("shards/*/*.json") + " | wc -l) = 2";
    String change = "until [ " + others + " ]; do sleep 0.05; done; touch -d 2001-02-03Z " + file;
    FaultyStore store =
        store(Fault.shell(Moment.CREATING, "part-" + key(file) + ".*parquet", change));

    requireRefused(
        labelled.label(store, 2),
        ExitCodes.TRANSIENT,
        "Cannot label " + file + ", it changed while it was read: ",
        " bytes of 2001-02-03T00:00:00Z now. Run again; what did not change is not labelled again");

    assertThat(labelled.file("versions")).doesNotExist();
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.inspect().get("rowsScored").asInt()).isEqualTo(SHARD_ROWS);
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void fileThatGoesBeforeItIsReadIsSaidToHaveGone() throws IOException {
    String gone = "mkdir " + train + "-gone; mv " + train + "/*.parquet " + train + "-gone";
    FaultyStore store = store(Fault.shell(Moment.CREATED, "/shards/", gone));

    requireRefused(
        labelled.labelOneByOne(store), ExitCodes.TRANSIENT, "it changed while it was read: ");

    FileUtils.deleteDirectory(train.toFile());
    FileUtils.moveDirectory(Path.of(train + "-gone").toFile(), train.toFile());
    assertThat(labelled.label().err()).isEmpty();
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void fileThatIsAddedMeanwhileIsLabelledByTheNextRun() {
    String add = "cp " + folder + "/more/*.parquet " + train;
    FaultyStore store = store(Fault.shell(Moment.CREATED, "/shards/", add));

    assertThat(labelled.label(store, 1).err()).isEmpty();

    labelled.requireSameAs(undisturbed);
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.inspect().get("rows").asInt()).isEqualTo(3 * SHARD_ROWS + 5);
    assertThat(labelled.inspect().get("rowsScored").asInt()).isEqualTo(5);
    assertThat(labelled.verify().err()).isEmpty();
  }

  @Test
  void fileThatKeepsLengthAndTimeIsNotNoticed() throws IOException {
    assertThat(labelled.label().err()).isEmpty();
    Path file = inputs().get(0);
    FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);

    assertThat(labelled.label().err()).isEmpty();

    labelled.requireSameAs(undisturbed);
  }

  @Test
  void answersOfATaskThatAreNoNumbersAreRefused() throws IOException {
    add("large");

    requireRefused(
        labelled.label(),
        ExitCodes.BAD_INPUT,
        "it answers row '",
        "with ",
        "Infinity. Give features in the range that it was trained on");

    assertThat(labelled.file("versions")).doesNotExist();
    remove("large");
    assertThat(labelled.label().err()).isEmpty();
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void answersThatAreNoNumbersAreSetAsideUpToTheBound() throws IOException {
    add("large");

    requireRefused(
        labelled.with("softTargets.maxBadRows=1").label(), ExitCodes.BAD_INPUT, "by the teacher");
    assertThat(labelled.file("versions")).doesNotExist();
    Labelled two = labelled.with("softTargets.maxBadRows=2");
    assertThat(two.label().err()).isEmpty();

    two.requireSameAs(undisturbed);
    assertThat(two.inspect().get("quarantinedRows").asInt()).isEqualTo(2);
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      assertThat(
              spark
                  .read()
                  .parquet(labelled.file("files/quarantine-*").toString())
                  .orderBy("id")
                  .select("id", "reason")
                  .collectAsList())
          .containsExactly(
              RowFactory.create("down", "is answered with -Infinity by the teacher"),
              RowFactory.create("up", "is answered with Infinity by the teacher"));
    }
  }

  @Test
  void whatWasLabelledBesideBadRowsIsNotLabelledAgainWhenTheyAreCorrected() throws IOException {
    add("bad");
    String others = "$(ls -d " + labelled.file("shards/*/*.json") + " | wc -l) = 3";

    requireRefused(
        labelled.label(store(Fault.await(Moment.CREATING, "quarantine-", others)), 1),
        ExitCodes.BAD_INPUT,
        "1 row is bad: row 'bad' has label 9");

    remove("bad");
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.inspect().get("rowsScored").asInt()).isZero();
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void idThatStandsInAnOldAndANewFileIsRefused() throws IOException {
    assertThat(labelled.label().err()).isEmpty();
    add("twice");

    requireRefused(
        labelled.label(), ExitCodes.BAD_INPUT, "ids are not unique: 'train-00000' stands 2 times");

    assertThat(labelled.file("versions/2.json")).doesNotExist();
    remove("twice");
    add("more");
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.inspect().get("rows").asInt()).isEqualTo(3 * SHARD_ROWS + 5);
  }

  private FaultyStore store(Fault... faults) {
    return FaultyStore.of(FaultyStore.STORE, folder, faults);
  }

  private void write(SparkSession spark, String name, List<Row> rows) {
    TinyDigits.write(spark, rows, TinyDigits.schema(), folder.resolve(name), 1);
  }

  private static List<Float> large(float value) {
    return Collections.nCopies(TinyDigits.WIDTH, value);
  }

  private void add(String name) throws IOException {
    Files.copy(parquet(folder.resolve(name)).get(0), train.resolve(name + ".parquet"));
  }

  private void remove(String name) throws IOException {
    Files.delete(train.resolve(name + ".parquet"));
  }

  private List<Path> inputs() throws IOException {
    return parquet(train);
  }

  private static List<Path> parquet(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  /** As the names of its shard's files have it. */
  private static String key(Path file) throws IOException {
    long bytes = Files.size(file);
    long time = Files.getLastModifiedTime(file).toMillis();
    return new InputSplit("file:" + file, bytes, time, 0, bytes).key();
  }
}
