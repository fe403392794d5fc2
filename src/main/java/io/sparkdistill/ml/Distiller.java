package io.sparkdistill.ml;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.pipeline.Pipeline;
import io.sparkdistill.pipeline.run.LogProgress;
import io.sparkdistill.storage.Holder;
import io.sparkdistill.storage.Locations;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Labels a data frame with a teacher and trains a student on it, as the commands {@code label} and
 * {@code train} do: for those who work in a notebook. The rows are written to {@code OUTPUT/input}
 * first, and all else is published below the output as ever, so that a second call with the same
 * rows and configuration computes nothing but a digest of the rows. There is no test set: the model
 * is judged by other means, such as Spark's evaluators. Not thread-safe while parameters are set.
 */
public final class Distiller extends Estimator<StudentModel> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> output;
  private final Param<String> config;
  private final StringArrayParam settings;
  private final Param<String> idCol;
  private final Param<String> featuresCol;
  private final Param<String> labelCol;
  private final Param<String> predictionCol;
  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;

  /** With a name of its own. */
  public Distiller() {
    this(Identifiable.randomUID("distiller"));
  }

  /**
   * With a name.
   *
   * @param uid as Spark ML has it
   */
  public Distiller(String uid) {
    this.uid = uid;
    this.output = new Param<>(this, "output", "folder that everything is published in");
    this.config =
        new Param<>(this, "config", "the configuration as HOCON text, a block distill { … }");
    this.settings =
        new StringArrayParam(this, "settings", "key=value each, over the configuration");
    this.idCol = new Param<>(this, "idCol", "column of row names: unique, and the same each time");
    this.featuresCol =
        new Param<>(this, "featuresCol", "column of inputs: a vector or an array of numbers");
    this.labelCol = new Param<>(this, "labelCol", "column of classes: 0, 1, … as any number");
    this.predictionCol = new Param<>(this, "predictionCol", "the model's column of the class");
    this.probabilityCol =
        new Param<>(this, "probabilityCol", "the model's column of the classes' probabilities");
    this.rawPredictionCol =
        new Param<>(this, "rawPredictionCol", "the model's column of the classes' logits");
    setDefault(config, "");
    setDefault(settings, new String[0]);
    setDefault(idCol, "id");
    setDefault(featuresCol, "features");
    setDefault(labelCol, "label");
    setDefault(predictionCol, "prediction");
    setDefault(probabilityCol, "probability");
    setDefault(rawPredictionCol, "rawPrediction");
  }

  /**
   * Spark ML's reader.
   *
   * @return reads what {@code write()} wrote
   */
  public static MLReader<Distiller> read() {
    return new DefaultParamsReadable<Distiller>() {}.read();
  }

  /**
   * Reads what was saved.
   *
   * @param path any Hadoop URI
   * @return the estimator
   */
  public static Distiller load(String path) {
    return read().load(path);
  }

  /**
   * Labels and trains, as far as it is not done.
   *
   * @param dataset rows with the columns of names, features and labels
   * @return the student
   * @throws io.sparkdistill.failure.DistillException for every failure with a known remedy
   */
  @Override
  public StudentModel fit(Dataset<?> dataset) {
    student().columns().features(dataset.schema());
    new LearnedColumns(getOrDefault(idCol), getOrDefault(labelCol)).check(dataset.schema());
    SparkSession spark = dataset.sparkSession();
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    Path place = Locations.resolve(place(), conf);
    Path input = new Path(place, "input");
    DistillConfig configured = configuration().read(place(), input);
    byte[] zip =
        new Pipeline(spark, configured, new LogProgress())
            .fit(
                () -> new GivenRows(input, conf).store(dataset, FitConfig.columns(configured)),
                Holder.of("Distiller " + uid));
    PackedStudent student =
        PackedStudent.of(zip, Locations.display(place) + "/student/student.zip");
    return named(new StudentModel(Identifiable.randomUID("student"), student)).setParent(this);
  }

  private String place() {
    if (!isSet(output)) {
      throw new InvalidConfigurationException(
          "Cannot fit "
              + uid
              + ", it has no place for what it publishes: output is not set. Set it to a folder.");
    }
    return getOrDefault(output);
  }

  private FitConfig configuration() {
    return new FitConfig(
        "of " + uid,
        getOrDefault(config),
        List.of(getOrDefault(settings)),
        getOrDefault(idCol),
        getOrDefault(featuresCol),
        getOrDefault(labelCol));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    new LearnedColumns(getOrDefault(idCol), getOrDefault(labelCol)).check(schema);
    return student().transformSchema(schema);
  }

  private StudentModel student() {
    return named(new StudentModel(uid));
  }

  private StudentModel named(StudentModel model) {
    return model
        .setFeaturesCol(getOrDefault(featuresCol))
        .setPredictionCol(getOrDefault(predictionCol))
        .setProbabilityCol(getOrDefault(probabilityCol))
        .setRawPredictionCol(getOrDefault(rawPredictionCol));
  }

  @Override
  public Distiller copy(ParamMap extra) {
    return copyValues(new Distiller(uid), extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * The folder that everything is published in.
   *
   * @return without a default
   */
  public Param<String> output() {
    return output;
  }

  /**
   * The configuration.
   *
   * @return nothing by default
   */
  public Param<String> config() {
    return config;
  }

  /**
   * Values over the configuration.
   *
   * @return none by default
   */
  public StringArrayParam settings() {
    return settings;
  }

  /**
   * The column of row names.
   *
   * @return {@code id} by default
   */
  public Param<String> idCol() {
    return idCol;
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
   * @return {@code label} by default
   */
  public Param<String> labelCol() {
    return labelCol;
  }

  /**
   * The model's column of the class.
   *
   * @return {@code prediction} by default
   */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /**
   * The model's column of probabilities.
   *
   * @return {@code probability} by default
   */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /**
   * The model's column of logits.
   *
   * @return {@code rawPrediction} by default
   */
  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  /**
   * Sets the folder that everything is published in.
   *
   * @param folder any Hadoop URI, or a relative local path
   * @return this
   */
  public Distiller setOutput(String folder) {
    set(output, folder);
    return this;
  }

  /**
   * Sets the configuration: teachers, student, objective, training and so on, as in a file. What it
   * says of output, {@code dataset.train} and {@code dataset.test} is not used.
   *
   * @param hocon a block {@code distill { … }}
   * @return this
   */
  public Distiller setConfig(String hocon) {
    set(config, hocon);
    return this;
  }

  /**
   * Sets values over the configuration.
   *
   * @param values {@code key=value} each, as for {@code --set}
   * @return this
   */
  public Distiller setSettings(String... values) {
    set(settings, values.clone());
    return this;
  }

  /**
   * Sets the column of row names.
   *
   * @param column of text or whole numbers; unique, and the same for a row in every call
   * @return this
   */
  public Distiller setIdCol(String column) {
    set(idCol, column);
    return this;
  }

  /**
   * Sets the column of inputs.
   *
   * @param column of vectors or of arrays of numbers
   * @return this
   */
  public Distiller setFeaturesCol(String column) {
    set(featuresCol, column);
    return this;
  }

  /**
   * Sets the column of classes.
   *
   * @param column of numbers, 0 to {@code dataset.classes} - 1
   * @return this
   */
  public Distiller setLabelCol(String column) {
    set(labelCol, column);
    return this;
  }

  /**
   * Sets the column of classes that the model adds.
   *
   * @param column its name; "" for none
   * @return this
   */
  public Distiller setPredictionCol(String column) {
    set(predictionCol, column);
    return this;
  }

  /**
   * Sets the column of probabilities that the model adds.
   *
   * @param column its name; "" for none
   * @return this
   */
  public Distiller setProbabilityCol(String column) {
    set(probabilityCol, column);
    return this;
  }

  /**
   * Sets the column of logits that the model adds.
   *
   * @param column its name; "" for none
   * @return this
   */
  public Distiller setRawPredictionCol(String column) {
    set(rawPredictionCol, column);
    return this;
  }
}
