package io.sparkdistill.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.TinyStudent;
import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students in Spark ML and Spark SQL. */
class StudentModelTest {
  private static final int ROWS = 50;
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void scoresAsTheStudentDoesAlsoWhenItWasSavedInAPipeline() throws IOException {
    Dataset<Row> rows = digits(ROWS);
    StudentModel model = StudentModel.open(spark, zip().toString()).setBatchSize(7);
    PipelineModel pipeline =
        new org.apache.spark.ml.Pipeline().setStages(new PipelineStage[] {model}).fit(rows);
    pipeline.write().overwrite().save(folder + "/saved");
    PipelineModel loaded = PipelineModel.load(folder + "/saved");

    List<Row> scored = loaded.transform(rows).orderBy("id").collectAsList();

    StudentScorer scorer = StudentScorer.open(Files.readAllBytes(zip()), "zip");
    assertThat(scored).hasSize(ROWS);
    for (Row row : scored) {
      float[] features = new float[TinyDigits.WIDTH];
      new FeatureValues("features", features.length).put(row.getAs("features"), features, 0);
      Scores expected = new Scores(scorer.score(features, 1));
      assertThat(row.<Double>getAs("prediction")).isEqualTo(expected.prediction());
      assertThat(row.<Vector>getAs("rawPrediction").toArray())
          .containsExactly(expected.raw(), org.assertj.core.data.Offset.offset(1e-5));
      assertThat(row.<Vector>getAs("probability").toArray())
          .containsExactly(expected.probabilities(), org.assertj.core.data.Offset.offset(1e-6));
    }
    assertThat(((StudentModel) loaded.stages()[0]).getOrDefault(model.featuresCol()))
        .isEqualTo("features");
    damageIsFound(folder.resolve("saved"));
  }

  private static void damageIsFound(Path saved) throws IOException {
    Path zip;
    try (var files = Files.walk(saved)) {
      zip = files.filter(file -> file.endsWith("student.zip")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(zip);
    bytes[bytes.length / 2] ^= 1;
    Files.write(zip, bytes);
    assertThatThrownBy(() -> PipelineModel.load(saved.toString()))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("student.zip, its SHA-256 is ");
  }

  @Test
  void readsVectorsAndArraysAndRefusesOtherColumns() throws IOException {
    Dataset<Row> rows =
        digits(ROWS)
            .selectExpr(
                "id",
                "features",
                "transform(features, x -> cast(x * 50 as tinyint)) AS bytes",
                "cast(features AS array<double>) AS doubles");
    rows = rows.withColumn("vector", functions.array_to_vector(rows.col("doubles")));
    StudentModel model =
        StudentModel.open(spark, zip().toString()).setProbabilityCol("").setRawPredictionCol("");
    List<Row> expected = predictions(model, rows);
    assertThat(predictions(model.setFeaturesCol("doubles"), rows)).isEqualTo(expected);
    assertThat(predictions(model.setFeaturesCol("vector"), rows)).isEqualTo(expected);
    assertThat(predictions(model.setFeaturesCol("bytes"), rows)).hasSize(ROWS);
    Dataset<Row> all = rows;
    assertThatThrownBy(() -> model.setFeaturesCol("pixels").transform(all))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("Cannot score rows, there is no column pixels. Its columns are: ")
        .hasMessageEndingWith("Set featuresCol to one of them.");
    assertThatThrownBy(() -> model.setFeaturesCol("id").transform(all))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("column id has type string and must be a vector or an array");
    assertThatThrownBy(() -> model.setFeaturesCol("features").setPredictionCol("ID").transform(all))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("there is a column of the name already: ID");
    assertThatThrownBy(() -> new StudentModel("empty").transform(all))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("there is no student in it");
    assertThatThrownBy(() -> StudentModel.open(spark, folder + "/none.zip"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("there is no such file or folder");
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    assertThatThrownBy(() -> StudentModel.open(spark, nothing.toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot open a student of "
                + nothing
                + ", nothing is released there. Give a student.zip, or where students are"
                + " released.");
  }

  @Test
  void metadataOfColumnsStays() throws IOException {
    Dataset<Row> rows = digits(ROWS);
    Dataset<Row> named =
        rows.withColumn(
            "label",
            rows.col("label")
                .as("label", new MetadataBuilder().putString("names", "a, b, c").build()));
    StudentModel model = StudentModel.open(spark, zip().toString());
    assertThat(model.transform(named).schema()).isEqualTo(model.transformSchema(named.schema()));
    assertThat(model.transform(named).select("prediction").collectAsList())
        .isEqualTo(model.transform(rows).select("prediction").collectAsList());
  }

  @Test
  void columnsOfOneNameStayWithTheirMetadata() throws IOException {
    Dataset<Row> rows = digits(ROWS);
    Dataset<Row> joined =
        rows.join(
            rows.select(
                rows.col("id").as("other"),
                rows.col("label")
                    .plus(10)
                    .as("label", new MetadataBuilder().putString("names", "a, b, c").build())),
            rows.col("id").equalTo(org.apache.spark.sql.functions.col("other")));
    StudentModel model = StudentModel.open(spark, zip().toString());

    Dataset<Row> scored = model.transform(joined);

    assertThat(scored.schema()).isEqualTo(model.transformSchema(joined.schema()));
    int first = List.of(joined.columns()).indexOf("label");
    int second = List.of(joined.columns()).lastIndexOf("label");
    assertThat(second).isGreaterThan(first);
    assertThat(scored.collectAsList())
        .hasSize(ROWS)
        .allSatisfy(row -> assertThat(row.getInt(second)).isEqualTo(row.getInt(first) + 10));
  }

  @Test
  void distillerRefusesColumnsThatItCannotLearnFromBeforeAPipelineRuns() {
    Dataset<Row> rows = digits(1);
    assertThatThrownBy(() -> new Distiller().setIdCol("name").transformSchema(rows.schema()))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "Cannot learn from the rows, there is no column name. Their columns are: struct<")
        .hasMessageEndingWith(". Set idCol to one of them.");
    assertThatThrownBy(() -> new Distiller().setIdCol("features").fit(rows))
        .hasMessage(
            "Cannot learn from the rows, column features has type array<float> and must be text or"
                + " whole numbers. Set idCol to another one.");
    assertThatThrownBy(() -> new Distiller().setLabelCol("digit").fit(rows))
        .hasMessageStartingWith("Cannot learn from the rows, there is no column digit. ")
        .hasMessageEndingWith(". Set labelCol to one of them.");
    assertThatThrownBy(() -> new Distiller().setLabelCol("id").transformSchema(rows.schema()))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot learn from the rows, column id has type string and must be numbers. Set"
                + " labelCol to another one.");
  }

  @Test
  void sqlGivesClassesAndProbabilities() throws IOException {
    StudentFunctions.register(spark, "student", zip().toString());
    digits(ROWS).createOrReplaceTempView("digits");
    List<Row> scored =
        spark
            .sql(
                "SELECT student(features), student_probabilities(features), student(null) FROM"
                    + " digits ORDER BY id")
            .collectAsList();
    List<Row> expected =
        StudentModel.open(spark, zip().toString())
            .transform(digits(ROWS))
            .orderBy("id")
            .select("prediction", "probability")
            .collectAsList();
    for (int i = 0; i < ROWS; i++) {
      assertThat((double) scored.get(i).getInt(0)).isEqualTo(expected.get(i).getDouble(0));
      List<Float> probabilities = scored.get(i).getList(1);
      Vector modelled = expected.get(i).getAs("probability");
      assertThat(probabilities).hasSize(TinyDigits.CLASSES);
      for (int j = 0; j < TinyDigits.CLASSES; j++) {
        assertThat((double) probabilities.get(j)).isCloseTo(modelled.apply(j), within(1e-6));
      }
      assertThat(scored.get(i).isNullAt(2)).isTrue();
    }
  }

  /** Spark's own writer asks the default file system, as a cluster has it. */
  @Test
  void studentIsSavedWhereSparkSavesItsParameters() {
    Configuration conf = new Configuration();
    conf.set("fs.defaultFS", "hdfs://localhost:1");
    assertThat(StudentModelWriter.folder("models/digits", conf).root().toString())
        .startsWith("hdfs://localhost:1/user/")
        .endsWith("/models/digits/student");
    assertThat(StudentModelWriter.folder("file:/models/digits", conf).root())
        .hasToString("file:/models/digits/student");
  }

  @Test
  void distillerLabelsAndTrainsOnADataFrameOnce() throws IOException {
    Path teacher = new TinyTeacher().write(folder.resolve("teacher.onnx"));
    Dataset<Row> rows = digits(300);
    rows =
        rows.select(
            rows.col("id").as("name"),
            functions.array_to_vector(rows.col("features").cast("array<double>")).as("pixels"),
            rows.col("label").cast(DataTypes.DoubleType).as("digit"));
    Distiller distiller =
        new Distiller()
            .setOutput(folder + "/out")
            .setConfig(
                """
                distill {
                  teachers = [{ onnx = "%s" }]
                  dataset.classes = 3
                  student.hidden = [8]
                  training { epochs = 10, batchSize = 16, workers = 2 }
                }
                """
                    .formatted(teacher))
            .setSettings("training.updater.adam.learningRate=0.01")
            .setIdCol("name")
            .setFeaturesCol("pixels")
            .setLabelCol("digit");
    distiller.write().overwrite().save(folder + "/distiller");

    StudentModel model = distiller.fit(rows);

    long right = model.transform(rows).where("prediction = digit").count();
    assertThat(right).isGreaterThan(150);
    assertThat(folder.resolve("out/test-targets")).doesNotExist();
    assertThat(folder.resolve("out/baseline")).doesNotExist();
    Map<String, String> before = Workspace.contents(folder.resolve("out"));
    Distiller.load(folder + "/distiller").fit(rows.repartition(5));
    assertThat(Workspace.contents(folder.resolve("out"))).isEqualTo(before);

    distiller.fit(rows.where("name < 'row-00200'"));
    Map<String, String> after = Workspace.contents(folder.resolve("out"));
    assertThat(after).containsKeys("student/versions/2.json");
    assertThat(
            after.keySet().stream()
                .filter(file -> file.startsWith("input/sparkdistill_rows="))
                .map(file -> Path.of(file).getName(1))
                .distinct())
        .hasSize(1);
    assertThatThrownBy(() -> new Distiller().fit(digits(1)))
        .hasMessageContaining("output is not set");

    Dataset<Row> lacking =
        rows.withColumn(
            "pixels",
            org.apache.spark.sql.functions.when(
                rows.col("name").notEqual("row-00003"), rows.col("pixels")));
    distiller.setOutput(folder + "/lacking");
    assertThatThrownBy(() -> distiller.fit(lacking))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("'row-00003' has no features");
    distiller
        .setSettings("training.updater.adam.learningRate=0.01", "softTargets.maxBadRows=1")
        .fit(lacking);
    assertThat(folder.resolve("lacking/student/student.zip")).exists();
  }

  /** Spark ships functions by Java serialization, and local executors share this. */
  private static final AtomicInteger COUNTED = new AtomicInteger();

  @Test
  void distillerRefusesRowsThatAreOthersEachTimeTheyAreComputed() throws IOException {
    Path teacher = new TinyTeacher().write(folder.resolve("teacher.onnx"));
    UserDefinedFunction counted =
        org.apache.spark.sql.functions.udf(
            (UDF1<Integer, Integer>) label -> COUNTED.incrementAndGet() % 3, DataTypes.IntegerType);
    Dataset<Row> rows = digits(40);
    Dataset<Row> moving = rows.withColumn("label", counted.apply(rows.col("label")));
    Distiller distiller =
        new Distiller()
            .setOutput(folder + "/out[1]")
            .setConfig(
                "distill { teachers = [{ onnx = \"%s\" }], dataset.classes = 3 }"
                    .formatted(teacher));
    assertThatThrownBy(() -> distiller.fit(moving))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "Cannot learn from the rows, they are others each time they are computed: digest ")
        .hasMessageEndingWith(" Write or cache them first, or take out what is random.");
    assertThat(folder.resolve("out[1]/input/_complete")).doesNotExist();
  }

  @Test
  void distillerKeepsTheWeightsOfRowsAndMindsNoOtherColumns() throws IOException {
    Path teacher = new TinyTeacher().write(folder.resolve("teacher.onnx"));
    Dataset<Row> rows = digits(100);
    Dataset<Row> given =
        rows.withColumn("importance", rows.col("label").plus(0.5))
            .withColumn("prediction", rows.col("label"));
    Distiller distiller =
        new Distiller()
            .setOutput(folder + "/out")
            .setConfig(
                """
                distill {
                  teachers = [{ onnx = "%s" }]
                  dataset { classes = 3, weight = importance }
                  student.hidden = [8]
                  training { epochs = 1, batchSize = 16, workers = 2 }
                }
                """
                    .formatted(teacher));
    distiller.fit(given);
    // A pipeline asks first which columns its stages add.
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  distiller
                      .setPredictionCol("taught")
                      .setProbabilityCol("")
                      .setRawPredictionCol("logits")
                });
    assertThat(pipeline.fit(given).transform(given).columns())
        .endsWith("importance", "prediction", "taught", "logits");

    distiller
        .setOutput(folder + "/unlabelled")
        .setSettings("dataset.unlabelled=teacher-alone", "evaluation.baseline=true")
        .fit(given.withColumn("label", org.apache.spark.sql.functions.lit(null).cast("int")));
    assertThat(folder.resolve("unlabelled/student/student.zip")).exists();

    Dataset<Row> answered = spark.read().parquet(folder + "/out/soft-targets/files/part-*");
    assertThat(answered.where("weight <> label + 0.5").count()).isZero();
    assertThat(answered.count()).isEqualTo(100);
  }

  private Path zip() throws IOException {
    Path zip = folder.resolve("student.zip");
    return Files.exists(zip) ? zip : TinyStudent.write(zip);
  }

  private static Dataset<Row> digits(int rows) {
    return spark
        .createDataFrame(TinyDigits.rows("row", rows, 3), TinyDigits.schema())
        .repartition(3);
  }

  private static List<Row> predictions(StudentModel model, Dataset<Row> rows) {
    return model.transform(rows).orderBy("id").select("prediction").collectAsList();
  }
}
