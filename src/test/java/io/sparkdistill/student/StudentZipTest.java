package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.IntegrityException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Students come back as they were, and nothing else comes in. */
class StudentZipTest {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final String DENSE = "org.deeplearning4j.nn.conf.layers.DenseLayer";
  private static final int PARAMETERS = 4 * 5 + 5 + 5 * 3 + 3;
  private final MultiLayerConfiguration configuration = configuration();
  private final float[] parameters = parameters(PARAMETERS);
  private final byte[] zip = StudentZip.write(configuration, parameters);

  @BeforeEach
  void forget() {
    Canary.forget();
  }

  @Test
  void comesBackBitForBit() {
    MultiLayerNetwork network = StudentZip.read(zip, "student.zip");
    assertThat(network.params().dup('c').data().asFloat()).containsExactly(parameters);
    MultiLayerNetwork fresh = new MultiLayerNetwork(configuration);
    fresh.init();
    assertThat(network.getLayerWiseConfigurations().toJson())
        .isEqualTo(fresh.getLayerWiseConfigurations().toJson());
  }

  @Test
  void sameStudentIsTheSameBytes() {
    assertThat(StudentZip.write(configuration(), parameters.clone())).isEqualTo(zip);
  }

  @Test
  void deeplearning4jOpensIt() throws IOException {
    MultiLayerNetwork theirs =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip));
    assertThat(theirs.params().dup('c').data().asFloat()).containsExactly(parameters);
    try (INDArray rows = Nd4j.createFromArray(new float[][] {{1, 2, 3, 4}, {-1, 0, 1, 0}})) {
      assertThat(theirs.output(rows)).isEqualTo(StudentZip.read(zip, "student.zip").output(rows));
    }
  }

  @Test
  void holdsNothingOfTheObjectiveAndRefusesAStudentThatDoes() {
    assertThat(json()).doesNotContain("io.sparkdistill");
    MultiLayerConfiguration learning =
        networks().training(new ObjectiveConfig(3, 0.7), training(), 10);
    refused(StudentZip.write(learning, parameters), "class io.sparkdistill.");
  }

  @Test
  void refusesAnEntryThatStudentsDoNotHave() {
    Map<String, byte[]> entries = entries();
    entries.put("updaterState.bin", new byte[] {1});
    refused(zipOf(entries), "an entry named updaterState.bin");
  }

  @Test
  void refusesAnEntryThatWouldBeUnpackedElsewhere() {
    Map<String, byte[]> entries = entries();
    entries.put("../configuration.json", entries.get(CONFIGURATION));
    refused(zipOf(entries), "an entry named ../configuration.json");
  }

  @Test
  void refusesADoubledEntry() {
    Map<String, byte[]> entries = entries();
    // Java's writer refuses doubled names, so the second is renamed in the finished bytes.
    entries.put("configuration.jsoX", entries.get(CONFIGURATION));
    byte[] doubled = latin1(text(zipOf(entries)).replace("configuration.jsoX", CONFIGURATION));
    refused(doubled, "an entry named configuration.json");
  }

  @Test
  void refusesAnEntryThatJavaWouldDeserialiseWithoutDoingSo() {
    byte[] payload = SerializationUtils.serialize(new Canary());
    for (String name : List.of("preprocessor.bin", "normalizer.bin", "object.bin")) {
      Map<String, byte[]> entries = entries();
      entries.put(name, payload);
      refused(zipOf(entries), "an entry named " + name);
    }
    Map<String, byte[]> entries = entries();
    entries.put(COEFFICIENTS, Arrays.copyOf(payload, PARAMETERS * Float.BYTES + 64));
    refused(zipOf(entries), "");
    assertThat(Canary.woke()).isFalse();
    SerializationUtils.<Object>deserialize(payload);
    assertThat(Canary.woke()).isTrue();
  }

  @Test
  void refusesAClassThatStudentsDoNotHaveWithoutLoadingIt() {
    refused(withConfiguration(json().replace(DENSE, canary())), "class " + canary());
    refused(
        withConfiguration(json().replace(DENSE, "org.nd4j.linalg.schedule.Outer$Inner")),
        "class org.nd4j.linalg.schedule.Outer$Inner");
    assertThat(Canary.woke()).isFalse();
  }

  /** Deeplearning4j's parser obeys the first of two names, one that looks them up the last. */
  @Test
  void refusesAForeignClassThatHidesBeforeAKnownOne() {
    String known = "\"@class\" : \"" + DENSE + "\"";
    String both = "\"@class\" : \"" + canary() + "\", " + known;
    assertThat(json()).contains(known);
    refused(withConfiguration(json().replace(known, both)), "a configuration that is no JSON");
    assertThat(Canary.woke()).isFalse();
  }

  @Test
  void refusesAConfigurationThatDeeplearning4jCannotUse() {
    for (String json :
        List.of("", "{", "{}", "[]", "null", "{\"confs\":[]}", "{\"confs\":[{}]}", "7")) {
      refused(withConfiguration(json), "");
    }
  }

  @Test
  void refusesHugeLayersBeforeMemoryIsTakenForThem() {
    String huge = json().replaceAll("\"nin\" : 4", "\"nin\" : 4000000000");
    assertThat(huge).isNotEqualTo(json());
    refused(withConfiguration(huge), COEFFICIENTS + " has ");
  }

  @Test
  void refusesACutZip() {
    for (int length = 0; length < endOfEntries(); length += 7) {
      refused(Arrays.copyOf(zip, length), "");
    }
  }

  @Test
  void refusesChangedBytes() {
    Random random = new Random(7);
    int refused = 0;
    for (int change = 0; change < 200; change++) {
      byte[] changed = zip.clone();
      changed[30 + random.nextInt(endOfEntries() - 30)] ^= (byte) (1 << random.nextInt(8));
      try {
        MultiLayerNetwork network = StudentZip.read(changed, "student.zip");
        assertThat(network.params().dup('c').data().asFloat()).containsExactly(parameters);
      } catch (IntegrityException e) {
        assertThat(e).hasMessageStartingWith("Cannot open student student.zip, it ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void refusesAnotherNumberOfParameters() {
    for (int number : new int[] {PARAMETERS - 1, PARAMETERS + 1, 1, 10 * PARAMETERS}) {
      refused(StudentZip.write(configuration, parameters(number)), "");
    }
  }

  @Test
  void refusesMoreParametersThanLayersHaveBeforeTheyAreUnpacked() {
    Map<String, byte[]> entries = entries();
    entries.put(COEFFICIENTS, new byte[100_000_000]);
    refused(zipOf(entries), "coefficients.bin with more than ");
  }

  @Test
  void refusesParametersThatAreNoArray() {
    for (int fill : new int[] {0, 1, 0x7f, 0xff}) {
      Map<String, byte[]> entries = entries();
      byte[] noise = new byte[entries.get(COEFFICIENTS).length];
      Arrays.fill(noise, (byte) fill);
      entries.put(COEFFICIENTS, noise);
      refused(zipOf(entries), "");
    }
  }

  /** A header may promise more than follows it. */
  @Test
  void refusesParametersWithAChangedHeader() {
    byte[] honest = entries().get(COEFFICIENTS);
    int refused = 0;
    for (int i = 0; i < honest.length - PARAMETERS * Float.BYTES; i++) {
      Map<String, byte[]> entries = entries();
      byte[] changed = honest.clone();
      changed[i] ^= 0x40;
      entries.put(COEFFICIENTS, changed);
      try {
        MultiLayerNetwork network = StudentZip.read(zipOf(entries), "student.zip");
        assertThat(network.params().dup('c').data().asFloat()).hasSize(PARAMETERS);
      } catch (IntegrityException e) {
        assertThat(e).hasMessageStartingWith("Cannot open student student.zip, it ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10);
  }

  @Test
  void refusesWhatIsNoZip() {
    refused(new byte[0], "entries []");
    refused("not a zip".getBytes(StandardCharsets.UTF_8), "entries []");
    Map<String, byte[]> entries = entries();
    entries.remove(COEFFICIENTS);
    refused(zipOf(entries), "entries [configuration.json]");
  }

  private static void refused(byte[] zip, String found) {
    assertThatThrownBy(() -> StudentZip.read(zip, "student.zip"))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Cannot open student student.zip, it ")
        .hasMessageContaining(found);
  }

  /** Where the directory begins, which our reader does not look at. */
  private int endOfEntries() {
    return text(zip).indexOf("PK\1\2");
  }

  private String json() {
    return configuration.toJson();
  }

  private byte[] withConfiguration(String json) {
    Map<String, byte[]> entries = entries();
    entries.put(CONFIGURATION, json.getBytes(StandardCharsets.UTF_8));
    return zipOf(entries);
  }

  private Map<String, byte[]> entries() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return entries;
  }

  private static byte[] zipOf(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      DataOutputStream data = new DataOutputStream(out);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        data.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Only its name: its class literal would load it. */
  private static String canary() {
    return StudentZipTest.class.getPackageName() + ".Canary$Layer";
  }

  private static float[] parameters(int number) {
    Random random = new Random(4);
    float[] parameters = new float[number];
    for (int i = 0; i < number; i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    return parameters;
  }

  private static MultiLayerConfiguration configuration() {
    return networks().published(training());
  }

  private static StudentNetworks networks() {
    return new StudentNetworks(new StudentConfig(List.of(5), StudentConfig.Activation.RELU), 4, 3);
  }

  private static TrainingConfig training() {
    return new TrainingConfig(
        TrainingConfig.Engine.ROUNDS,
        1,
        8,
        new PeriodConfig.Fixed(1),
        OptionalInt.of(1),
        9,
        TrainingConfig.Schedule.COSINE,
        new UpdaterConfig.Adam(0.001, 0.9, 0.999, 1e-8),
        RoundsConfig.classic(),
        CheckpointConfig.none());
  }
}
