package io.sparkdistill.bench;

import io.sparkdistill.student.NativeBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Deeplearning4j's ParameterAveragingTrainingMaster on exported batches. Counted: all epochs but
 * the first, which exports them.
 */
public final class StockWorker {
  private final JavaSparkContext context;
  private final TrainingDigits digits;

  private StockWorker(JavaSparkContext context, TrainingDigits digits) {
    this.context = context;
    this.digits = digits;
  }

  /**
   * Serves until its input ends.
   *
   * @param args folder of MNIST
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    NativeBackend.choose();
    try (SparkSession spark = SparkSession.builder().appName("bench stock").getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      WorkerLoop.serve(new StockWorker(context, TrainingDigits.read(Path.of(args[0])))::measure);
    }
  }

  private Answer measure(String student) {
    List<DataSet> batches =
        IntStream.range(0, Student.ROWS / Student.BATCH).mapToObj(this::batch).toList();
    JavaRDD<DataSet> rows = context.parallelize(batches, Student.WORKERS);
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(Student.WORKERS, Student.BATCH)
            .batchSizePerWorker(Student.BATCH)
            .averagingFrequency(Student.AVERAGE_EVERY)
            .saveUpdater(true)
            .rddTrainingApproach(RDDTrainingApproach.Export)
            .build();
    SparkDl4jMultiLayer network =
        new SparkDl4jMultiLayer(context, configuration(Student.named(student)), master);
    try {
      network.fit(rows);
      long start = System.nanoTime();
      for (int epoch = 1; epoch < Student.EPOCHS; epoch++) {
        network.fit(rows);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Answer(seconds, (Student.EPOCHS - 1L) * Student.ROWS, 0);
    } finally {
      master.deleteTempFiles(context);
    }
  }

  private DataSet batch(int number) {
    float[] features = new float[Student.BATCH * Student.WIDTH];
    float[] labels = new float[Student.BATCH * Student.CLASSES];
    for (int i = 0; i < Student.BATCH; i++) {
      int row = number * Student.BATCH + i;
      System.arraycopy(digits.row(row), 0, features, i * Student.WIDTH, Student.WIDTH);
      System.arraycopy(digits.oneHot(row), 0, labels, i * Student.CLASSES, Student.CLASSES);
    }
    return new DataSet(
        Nd4j.create(features, new long[] {Student.BATCH, Student.WIDTH}, 'c'),
        Nd4j.create(labels, new long[] {Student.BATCH, Student.CLASSES}, 'c'));
  }

  private static MultiLayerConfiguration configuration(Student student) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Nesterovs(0.05, 0.9))
            .weightInit(WeightInit.RELU)
            .activation(Activation.RELU)
            .list();
    switch (student) {
      case MLP -> {
        layers.layer(new DenseLayer.Builder().nOut(800).build());
        layers.layer(new DenseLayer.Builder().nOut(800).build());
      }
      case CNN -> {
        addConvolution(layers, 16);
        addConvolution(layers, 32);
        layers.layer(new DenseLayer.Builder().nOut(128).build());
      }
    }
    return layers
        .layer(
            new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .nOut(Student.CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutionalFlat(28, 28, 1))
        .build();
  }

  private static void addConvolution(NeuralNetConfiguration.ListBuilder layers, int channels) {
    layers.layer(new ConvolutionLayer.Builder(3, 3).padding(1, 1).nOut(channels).build());
    layers.layer(
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(2, 2)
            .stride(2, 2)
            .build());
  }
}
