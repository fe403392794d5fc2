package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets that are not what they must be: exit code 3, what, where, and what to do. */
class BadDataTest {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);

  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
  }

  @Test
  void missingInput() {
    refused("dataset.train.path=" + folder + "/nowhere", "there is no such file or folder");
  }

  @Test
  void missingTable() {
    refused("dataset.train={table=nowhere.at.all,path=null}", "Cannot read examples from table");
  }

  @Test
  void emptyFolder() {
    assertThat(folder.resolve("void").toFile().mkdir()).isTrue();
    refused("dataset.train.path=" + folder + "/void", "Cannot read examples from");
  }

  @Test
  void emptyDataSet() {
    write(List.of(), TinyDigits.schema());
    refused("", "there are no rows in it");
  }

  @Test
  void filesThatAreNoParquet() {
    workspace.write("noise.parquet", "this is no Parquet file, though it is long enough to be one");
    refused("dataset.train.path=" + folder + "/noise.parquet", "Cannot read examples from");
  }

  @Test
  void fileThatIsCutAmongGoodOnes() throws IOException {
    Path last = part("data/train");
    byte[] whole = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(whole, whole.length - 20));
    Files.deleteIfExists(last.resolveSibling("." + last.getFileName() + ".crc"));
    refused(
        "",
        "Cannot read the data, a file is damaged or of other types than the rest: ",
        last.getFileName() + " is not a Parquet file",
        "Replace it, or take it out.");
  }

  @Test
  void fileWhoseColumnsHaveOtherTypesThanTheRest() throws IOException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      spark
          .read()
          .parquet(folder.resolve("data/train").toString())
          .selectExpr("id", "cast(features as array<double>) features", "label")
          .limit(3)
          .coalesce(1)
          .write()
          .parquet(folder.resolve("other").toString());
    }
    // Spark takes the types of the first file for those of all.
    Files.move(part("other"), folder.resolve("data/train/zz.parquet"));
    refused(
        "",
        "Cannot read the data, a file is damaged or of other types than the rest: ",
        "zz.parquet",
        "Replace it, or take it out.");
  }

  @Test
  void missingColumns() {
    refused(
        "dataset.features=pixels",
        "there is no column pixels",
        "Its columns are: struct<id:string,features:array<float>,label:int>");
  }

  @Test
  void columnsOfUnusableTypes() {
    CommandRun run = run("dataset.id=features", "dataset.features=label", "dataset.label=id");
    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err())
        .contains("column features has type array<float> and must be text or whole numbers")
        .contains(
            "column label has type int and must be an array of numbers of any type but decimal")
        .contains("column id has type string and must be whole numbers");
  }

  @Test
  void labelOutOfRange() {
    change(7, 2, 3);
    refused("", "1 row is bad", "row 'train-00007' has label 3, which is not from 0 to 2");
  }

  @Test
  void negativeLabel() {
    change(7, 2, -1);
    refused("", "row 'train-00007' has label -1, which is not from 0 to 2");
  }

  @Test
  void fractionalLabel() {
    List<Row> rows = new ArrayList<>();
    for (Row row : rows()) {
      rows.add(RowFactory.create(row.get(0), row.get(1), 0.0 + row.getInt(2)));
    }
    rows.set(5, RowFactory.create("train-00005", rows.get(5).get(1), 1.5));
    write(rows, schema(DataTypes.StringType, FLOATS, DataTypes.DoubleType));
    refused("", "row 'train-00005' has label 1.5, which is no whole number");
  }

  @Test
  void nullLabel() {
    change(7, 2, null);
    refused("", "row 'train-00007' has no label");
  }

  @Test
  void manyBadRowsAreCountedAndSomeAreNamed() {
    List<Row> rows = rows();
    for (int i = 0; i < 50; i++) {
      rows.set(i, RowFactory.create(rows.get(i).get(0), rows.get(i).get(1), 9));
    }
    write(rows, TinyDigits.schema());
    refused("", "50 rows are bad", "has label 9, which is not from 0 to 2", "; …");
  }

  @Test
  void rowsOfAnotherWidth() {
    change(9, 1, Collections.nCopies(11, 0.5f));
    refused("", "599 of 12", "1 of 11 (as row 'train-00009')", "the same number of features");
  }

  @Test
  void nullInFeatures() {
    List<Float> features = new ArrayList<>(Collections.nCopies(12, 0.5f));
    features.set(4, null);
    change(9, 1, features);
    refused("", "row 'train-00009' has no number at position 4 of its features");
  }

  @Test
  void infiniteFeature() {
    List<Float> features = new ArrayList<>(Collections.nCopies(12, 0.5f));
    features.set(2, Float.POSITIVE_INFINITY);
    change(9, 1, features);
    refused("", "row 'train-00009' has Infinity at position 2 of its features");
  }

  @Test
  void nullFeatures() {
    change(9, 1, null);
    refused("", "row 'train-00009' has no features");
  }

  @Test
  void duplicateIds() {
    change(9, 0, "train-00008");
    refused("", "ids are not unique: 'train-00008' stands 2 times");
  }

  @Test
  void nullId() {
    change(9, 0, null);
    refused("", "row 'null' has no id");
  }

  @Test
  void badRowsOfTheTestSetAsWell() {
    refused("dataset.test.path=" + folder + "/nowhere", "there is no such file or folder");
  }

  @Test
  void foldersThatAreNoPartitionsOfOneTable() throws IOException {
    Path mixed = folder.resolve("mixed");
    Files.createDirectories(mixed.resolve("day=1"));
    Files.createDirectories(mixed.resolve("date=2"));
    Files.copy(part("data/train"), mixed.resolve("day=1/a.parquet"));
    Files.copy(part("data/train"), mixed.resolve("date=2/b.parquet"));
    refused(
        "dataset.train.path=" + mixed,
        "Spark cannot read it: Conflicting partition column names detected:");
  }

  @Test
  void columnsWhoseLettersHaveAnotherCaseWhereThatMatters() {
    assertThat(runWith("spark.sql.caseSensitive", "true", "dataset.id=ID").err())
        .contains("there is no column ID. Its columns are: ");
  }

  @Test
  void settingsThatHideLostRows() {
    CommandRun run = runWith("spark.sql.files.ignoreCorruptFiles", "true");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err()).contains("spark.sql.files.ignoreCorruptFiles").contains("Remove it");
  }

  @Test
  void batchesOfWideRowsThatNoBufferHoldsWhenStudentsAreJudged() {
    List<Float> wide = Collections.nCopies(10_000, 1f);
    write(List.of(RowFactory.create("train-00000", wide, 0)), TinyDigits.schema());
    CommandRun run = run("evaluation.batchSize=60000");
    assertThat(run.err()).contains("bytes. Set evaluation.batchSize to at most 53687.");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
  }

  @Test
  void batchesOfWideRowsThatNoBufferHolds() {
    List<Float> wide = Collections.nCopies(10_000, 1f);
    write(List.of(RowFactory.create("train-00000", wide, 0)), TinyDigits.schema());
    CommandRun run = run("softTargets.batchSize=60000");
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "error: Cannot score 60000 rows at once, with 10000 features each they are longer than"
                + " 2 GB: 2400000000 bytes. Set softTargets.batchSize to at most 53687.");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
  }

  @Test
  void aSerializerThatKnowsNoRecords() {
    CommandRun run = runWith("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .startsWith("error: Cannot run with spark.serializer, it cannot write Java's records: ")
        .contains("KryoSerializer. Leave it to its default");
  }

  /** The last of the files that Spark has written there. */
  private Path part(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private List<Row> rows() {
    return new ArrayList<>(TinyDigits.rows("train", 600, 1));
  }

  private void change(int index, int column, Object value) {
    List<Row> rows = rows();
    Object[] values = {rows.get(index).get(0), rows.get(index).get(1), rows.get(index).get(2)};
    values[column] = value;
    rows.set(index, RowFactory.create(values));
    write(rows, TinyDigits.schema());
  }

  private static StructType schema(DataType id, DataType features, DataType label) {
    return new StructType().add("id", id).add("features", features).add("label", label);
  }

  private void write(List<Row> rows, StructType schema) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, rows, schema, folder.resolve("data/train"), 2);
    }
  }

  private void refused(String setting, String... messages) {
    CommandRun run = setting.isEmpty() ? run() : run(setting);
    assertThat(run.err()).startsWith("error: Cannot ").contains(messages);
    assertThat(run.err()).doesNotContain("\tat ").doesNotContain("Exception:");
    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(workspace.output().resolve("evaluation")).doesNotExist();
  }

  private CommandRun runWith(String property, String value, String... settings) {
    System.setProperty(property, value);
    try {
      return run(settings);
    } finally {
      System.clearProperty(property);
    }
  }

  private CommandRun run(String... settings) {
    List<String> args = new ArrayList<>(List.of("run", workspace.conf()));
    for (String setting : settings) {
      args.addAll(List.of("--set", setting));
    }
    return CommandRun.of(args.toArray(new String[0]));
  }
}
