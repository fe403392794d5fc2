package io.sparkdistill.student;

import static io.sparkdistill.student.OwnNetworks.CLASSES;
import static io.sparkdistill.student.OwnNetworks.DENSE;
import static io.sparkdistill.student.OwnNetworks.PLACE;
import static io.sparkdistill.student.OwnNetworks.WIDTH;
import static io.sparkdistill.student.OwnNetworks.bytes;
import static io.sparkdistill.student.OwnNetworks.json;
import static io.sparkdistill.student.OwnNetworks.networks;
import static io.sparkdistill.student.OwnNetworks.refused;
import static io.sparkdistill.student.OwnNetworks.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.failure.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Networks that users bring train as configured ones do, and nothing else comes in with them. */
class StudentModelTest {
  private static final StudentConfig CNN =
      new StudentConfig(
          List.of(6),
          StudentConfig.Activation.RELU,
          new StudentConfig.Cnn(List.of(2), 3, 2, List.of()));

  @TempDir private Path folder;

  static {
    NativeBackend.choose();
  }

  @BeforeEach
  void forget() {
    Canary.forget();
  }

  @Test
  void configurationAsJsonIsTheNetworkThatItWasMadeOf() {
    for (StudentConfig student : List.of(DENSE, CNN)) {
      StudentNetworks configured = new StudentNetworks(student, WIDTH, CLASSES);
      StudentModel model = json(configured.published(training(99)));
      StudentNetworks own = networks(model);
      ObjectiveConfig objective = new ObjectiveConfig(3, 0.7);
      assertThat(own.training(objective, training(7), 10).toJson())
          .isEqualTo(configured.training(objective, training(7), 10).toJson());
      assertThat(own.published(training(7)).toJson())
          .isEqualTo(configured.published(training(7)).toJson());
      assertThat(own.initial()).isEmpty();
    }
  }

  @Test
  void whatTrainingDecidesIsNotTheFiles() {
    MultiLayerConfiguration given =
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(7))
            .miniBatch(false)
            .list()
            .layer(new DenseLayer.Builder().nOut(4).activation(Activation.CUBE).build())
            .layer(
                new OutputLayer.Builder(new LossMSE())
                    .nOut(CLASSES)
                    .activation(Activation.SIGMOID)
                    .biasUpdater(new Sgd(9))
                    .build())
            .setInputType(InputType.feedForward(WIDTH))
            .build();
    given.setIterationCount(77);

    MultiLayerConfiguration published = networks(json(given)).published(training(7));

    assertThat(published.toJson())
        .contains("ActivationCube", "ActivationSoftmax", "LossMCXENT", "Adam", "\"seed\" : 7")
        .doesNotContain("Sgd", "LossMSE", "Sigmoid", "77", "\"miniBatch\" : false");
  }

  @Test
  void zipBeginsWithItsParameters() throws IOException {
    MultiLayerNetwork trained =
        new MultiLayerNetwork(new StudentNetworks(DENSE, WIDTH, CLASSES).published(training(1)));
    trained.init();
    float[] parameters = trained.params().dup('c').data().asFloat();
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    ModelSerializer.writeModel(trained, theirs, false);

    for (byte[] zip :
        List.of(
            StudentZip.write(trained.getLayerWiseConfigurations(), parameters),
            theirs.toByteArray())) {
      StudentModel model = StudentModel.of(zip, "own.zip");
      assertThat(networks(model).initial().orElseThrow()).containsExactly(parameters);
      assertThat(model.sha256()).hasSize(64);
    }
  }

  @Test
  void zipWithAnUpdatersStateIsRefused() throws IOException {
    MultiLayerNetwork trained =
        new MultiLayerNetwork(new StudentNetworks(DENSE, WIDTH, CLASSES).published(training(1)));
    trained.init();
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(trained, zip, true);
    refused(zip.toByteArray(), "an entry named updaterState.bin");
  }

  @Test
  void rowsAndClassesMustBeThoseOfTheData() {
    StudentModel model = json(new StudentNetworks(DENSE, 4, CLASSES).published(training(1)));
    assertThatThrownBy(() -> networks(model))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot use student.model own.json, it reads 4 features and rows have 16. Give the data"
                + " that it is for, or another student.model.");
    StudentModel other = json(new StudentNetworks(CNN, WIDTH, 4).published(training(1)));
    assertThatThrownBy(() -> networks(other))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot use student.model own.json, it gives 4 classes and dataset.classes, of all"
                + " heads together, is 3. Give"
                + " the data that it is for, or another student.model.");
  }

  @Test
  void layersMustFitTogether() {
    String torn =
        new StudentNetworks(DENSE, WIDTH, CLASSES)
            .published(training(1))
            .toJson()
            .replace("\"nin\" : 5", "\"nin\" : 6");
    assertThatThrownBy(() -> networks(StudentModel.of(bytes(torn), PLACE)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "Cannot use student.model own.json, its layers do not fit together: ");
  }

  @Test
  void imagesThatAreNoRowsOfNumbersAreRefused() {
    MultiLayerConfiguration images =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
            .layer(
                new OutputLayer.Builder(new LossMSE())
                    .nOut(CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutional(4, 4, 1))
            .build();
    refused(
        bytes(images.toJson()),
        "its first layer takes no rows of numbers, or does not say how many: ConvolutionLayer.");
  }

  @Test
  void classThatStudentsDoNotHaveIsRefusedWithoutLoadingIt() {
    String canary = StudentModelTest.class.getPackageName() + ".Canary$Layer";
    String json =
        new StudentNetworks(DENSE, WIDTH, CLASSES)
            .published(training(1))
            .toJson()
            .replace("org.deeplearning4j.nn.conf.layers.DenseLayer", canary);
    refused(bytes(json), "class " + canary);
    assertThat(Canary.woke()).isFalse();
  }

  @Test
  void classNamesInOtherPlacesAreRefusedWithoutLoadingThem() {
    String canary = StudentModelTest.class.getPackageName() + ".Canary$Layer";
    String json = new StudentNetworks(DENSE, WIDTH, CLASSES).published(training(1)).toJson();
    String dense = "\"@class\" : \"org.deeplearning4j.nn.conf.layers.DenseLayer\"";
    assertThat(json).contains(dense);

    String list =
        json.replaceFirst(
            "\"layer\" : \\{", "\"layer\" : [\"" + canary.replace("$", "\\$") + "\", {");
    refused(bytes(closed(list)), canary);
    refused(
        bytes(json.replaceFirst(dense, dense + ", \"distribution\" : { \"type\" : \"x.Y\" }")),
        "class x.Y");
    refused(bytes(json.replaceFirst(dense + ",", "")), "a layer without its class");
    assertThat(Canary.woke()).isFalse();
  }

  /** With a bracket after the object that follows the first one. */
  private static String closed(String json) {
    int from = json.indexOf("[\"") + 2;
    int depth = 0;
    for (int i = json.indexOf('{', from); i < json.length(); i++) {
      depth += json.charAt(i) == '{' ? 1 : json.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return json.substring(0, i + 1) + "]" + json.substring(i + 1);
      }
    }
    throw new IllegalArgumentException(json);
  }

  @Test
  void entryThatJavaWouldDeserialiseIsRefusedWithoutDoingSo() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("configuration.json"));
      out.write(bytes(new StudentNetworks(DENSE, WIDTH, CLASSES).published(training(1)).toJson()));
      out.putNextEntry(new ZipEntry("preprocessor.bin"));
      out.write(SerializationUtils.serialize(new Canary()));
      out.closeEntry();
    }
    refused(zip.toByteArray(), "an entry named preprocessor.bin");
    assertThat(Canary.woke()).isFalse();
  }

  @Test
  void whatIsNoNetworkIsRefused() {
    for (String text : List.of("{", "{}", "null", "[]", "7", "{\"confs\":[]}", "PK", "hello")) {
      refused(bytes(text), "");
    }
    refused(new byte[(1 << 20) + 1], "a configuration with more than 1048576 bytes");
    String huge =
        new StudentNetworks(DENSE, WIDTH, CLASSES)
            .published(training(1))
            .toJson()
            .replace("\"nin\" : 16", "\"nin\" : 4000000000");
    refused(bytes(huge), "it has not from 1 to 536870911 parameters: 2000");
  }

  @Test
  void parametersThatAreNoNumbersAreRefused() {
    MultiLayerConfiguration layers =
        new StudentNetworks(DENSE, WIDTH, CLASSES).published(training(1));
    float[] parameters = new float[WIDTH * 5 + 5 + 5 * CLASSES + CLASSES];
    parameters[9] = Float.NaN;
    refused(StudentZip.write(layers, parameters), "not all of its parameters are finite: NaN");
  }

  @Test
  void fileIsReadFromItsPlace() throws IOException {
    Path file = folder.resolve("own.json");
    Files.writeString(
        file, new StudentNetworks(DENSE, WIDTH, CLASSES).published(training(1)).toJson());
    assertThat(networks(StudentModel.read(file.toString(), new Configuration())).initial())
        .isEmpty();
    Files.delete(file);
    assertThatThrownBy(() -> StudentModel.read(file.toString(), new Configuration()))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot open student.model "
                + file
                + ", there is no such file or folder. Correct student.model.");
  }
}
