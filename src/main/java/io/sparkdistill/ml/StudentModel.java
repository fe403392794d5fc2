package io.sparkdistill.ml;

import io.sparkdistill.examples.ExampleReader;
import io.sparkdistill.failure.BadInputException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A published student as a model of Spark ML. It reads a column of vectors or of arrays of numbers,
 * as wide as the rows that it was trained on, and adds the most probable class, the probabilities
 * of all classes and the logits; a column whose name is "" is not added. Rows are scored in
 * batches, by one network a JVM. A row that is null, of another width or not finite fails the job.
 * Saved and loaded as Spark ML does, also inside a {@code PipelineModel}; the file with the student
 * holds nothing that is executed when it is loaded. Not thread-safe while parameters are set.
 */
public final class StudentModel extends Model<StudentModel> implements MLWritable {
  private static final long serialVersionUID = 1L;
  private static final int BATCH_SIZE = 256;

  private final String uid;
  private final PackedStudent student;
  private final Param<String> featuresCol;
  private final Param<String> predictionCol;
  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;
  private final IntParam batchSize;

  /**
   * For Spark's reader: a model with parameters and without a student.
   *
   * @param uid its name
   */
  public StudentModel(String uid) {
    this(uid, PackedStudent.none());
  }

  StudentModel(String uid, PackedStudent student) {
    this.uid = uid;
    this.student = student;
    this.featuresCol =
        new Param<>(this, "featuresCol", "column of inputs: a vector or an array of numbers");
    this.predictionCol = new Param<>(this, "predictionCol", "column of the class, a double");
    this.probabilityCol =
        new Param<>(this, "probabilityCol", "column of the classes' probabilities, a vector");
    this.rawPredictionCol =
        new Param<>(this, "rawPredictionCol", "column of the classes' logits, a vector");
    this.batchSize =
        new IntParam(
            this, "batchSize", "rows that are scored at once, 1 or more", ParamValidators.gt(0));
    setDefault(featuresCol, "features");
    setDefault(predictionCol, "prediction");
    setDefault(probabilityCol, "probability");
    setDefault(rawPredictionCol, "rawPrediction");
    setDefault(batchSize, BATCH_SIZE);
  }

  /**
   * Opens a published student.
   *
   * @param spark a running session, whose file systems are used
   * @param place a {@code student.zip}, or a folder that students are released to, of which the
   *     version in use is taken: any Hadoop URI, or a relative local path
   * @return ready to score
   * @throws BadInputException if there is none
   * @throws io.sparkdistill.failure.IntegrityException if it holds anything but a student, or is
   *     not what was published
   */
  public static StudentModel open(SparkSession spark, String place) {
    return new StudentModel(
        Identifiable.randomUID("student"),
        PackedStudent.read(place, spark.sparkContext().hadoopConfiguration()));
  }

  /**
   * Spark ML's reader, which {@code PipelineModel} finds by this name.
   *
   * @return reads what {@link #write()} wrote
   */
  public static MLReader<StudentModel> read() {
    return new StudentModelReader();
  }

  /**
   * Reads what was saved.
   *
   * @param path any Hadoop URI
   * @return the model
   * @throws io.sparkdistill.failure.IntegrityException if the student is not what was saved
   */
  public static StudentModel load(String path) {
    return read().load(path);
  }

  @Override
  public MLWriter write() {
    return new StudentModelWriter(this, packed());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    ScoreColumns columns = columns();
    StructType schema = transformSchema(dataset.schema());
    int place = columns.features(dataset.schema());
    int rows = (Integer) getOrDefault(batchSize);
    PackedStudent.Name name = packed().name();
    FeatureValues values = new FeatureValues("column " + columns.features(), name.width());
    Broadcast<byte[]> zip =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
            .broadcast(student.zip());
    MapPartitionsFunction<Row, Row> score =
        part ->
            new ScoredRows(
                part, place, values, OpenStudents.scorer(name, zip::value), columns, rows);
    return withMetadata(dataset.toDF().mapPartitions(score, Encoders.row(schema)), schema);
  }

  /** What rows do not carry: names of labels, watermarks of streams. */
  private static Dataset<Row> withMetadata(Dataset<Row> scored, StructType schema) {
    if (Arrays.stream(schema.fields())
        .allMatch(field -> field.metadata().equals(Metadata.empty()))) {
      return scored;
    }
    // By their places: after a join, several columns may have one name.
    StructField[] fields = schema.fields();
    Dataset<Row> placed =
        scored.toDF(
            IntStream.range(0, fields.length).mapToObj(Integer::toString).toArray(String[]::new));
    return placed.select(
        IntStream.range(0, fields.length)
            .mapToObj(
                i ->
                    ExampleReader.quoted(Integer.toString(i))
                        .as(fields[i].name(), fields[i].metadata()))
            .toArray(Column[]::new));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return columns().append(schema);
  }

  @Override
  public StudentModel copy(ParamMap extra) {
    return copyValues(new StudentModel(uid, student), extra).setParent(parent());
  }

  /** The same parameters with a student. */
  StudentModel with(PackedStudent other) {
    return copyValues(new StudentModel(uid, other), new ParamMap());
  }

  ScoreColumns columns() {
    return new ScoreColumns(
        getOrDefault(featuresCol),
        getOrDefault(predictionCol),
        getOrDefault(probabilityCol),
        getOrDefault(rawPredictionCol));
  }

  private PackedStudent packed() {
    if (student.isNone()) {
      throw new BadInputException(
          "Cannot use model "
              + uid
              + ", there is no student in it. Make one with StudentModel.open, or load one that was"
              + " saved.");
    }
    return student;
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * The column of inputs.
   *
   * @return {@code features} by default
   */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /**
   * The column of classes.
   *
   * @return {@code prediction} by default
   */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /**
   * The column of probabilities.
   *
   * @return {@code probability} by default
   */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /**
   * The column of logits.
   *
   * @return {@code rawPrediction} by default
   */
  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  /**
   * Rows that are scored at once.
   *
   * @return {@value #BATCH_SIZE} by default
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * Sets the column of inputs.
   *
   * @param column its name
   * @return this
   */
  public StudentModel setFeaturesCol(String column) {
    set(featuresCol, column);
    return this;
  }

  /**
   * Sets the column of classes.
   *
   * @param column its name; "" for none
   * @return this
   */
  public StudentModel setPredictionCol(String column) {
    set(predictionCol, column);
    return this;
  }

  /**
   * Sets the column of probabilities.
   *
   * @param column its name; "" for none
   * @return this
   */
  public StudentModel setProbabilityCol(String column) {
    set(probabilityCol, column);
    return this;
  }

  /**
   * Sets the column of logits.
   *
   * @param column its name; "" for none
   * @return this
   */
  public StudentModel setRawPredictionCol(String column) {
    set(rawPredictionCol, column);
    return this;
  }

  /**
   * Sets how many rows are scored at once.
   *
   * @param rows 1 or more
   * @return this
   */
  public StudentModel setBatchSize(int rows) {
    set(batchSize, rows);
    return this;
  }
}
