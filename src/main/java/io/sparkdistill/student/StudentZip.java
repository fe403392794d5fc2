package io.sparkdistill.student;

import io.sparkdistill.failure.IntegrityException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A student as one zip that Deeplearning4j's {@code ModelSerializer} opens, the same bytes for the
 * same student. Our own reader does not use that class, which runs Java deserialization on an entry
 * of the zip: only the two entries below are accepted, only layers that students have, and only as
 * many bytes as the layers need. Stateless and thread-safe.
 */
public final class StudentZip {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final int MAX_CONFIGURATION = 1 << 20;
  private static final int MAX_HEADER = 1 << 12;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private StudentZip() {}

  /**
   * Writes a student.
   *
   * @param configuration the published one
   * @param parameters all of them, in Deeplearning4j's order
   * @return the zip
   */
  public static byte[] write(MultiLayerConfiguration configuration, float[] parameters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        INDArray row = Nd4j.create(parameters, new long[] {1, parameters.length}, 'c')) {
      zip.putNextEntry(entry(CONFIGURATION));
      zip.write(configuration.toJson().getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(entry(COEFFICIENTS));
      DataOutputStream out = new DataOutputStream(zip);
      Nd4j.write(row, out);
      out.flush();
      zip.closeEntry();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EPOCH);
    return entry;
  }

  /**
   * Opens a student whose checksum was compared.
   *
   * @param zip all of it
   * @param place what messages call it
   * @return the network, as published
   * @throws IntegrityException if it holds anything but a student
   */
  public static MultiLayerNetwork read(byte[] zip, String place) {
    try {
      requireEntries(zip, place);
      MultiLayerConfiguration configuration =
          configuration(entry(zip, CONFIGURATION, MAX_CONFIGURATION, place), place);
      return network(configuration, zip, place);
    } catch (IntegrityException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The libraries throw exceptions of all kinds at content that they cannot use.
      String reason = e.toString().lines().findFirst().orElse("");
      throw new IntegrityException(
          "Cannot open student "
              + place
              + ", it is damaged: "
              + reason
              + ". Train again, or restore it.",
          e);
    }
  }

  /**
   * Parses layers, after a look at the classes that they name.
   *
   * @param json UTF-8
   * @param place what messages call it
   * @return the configuration
   * @throws IntegrityException if it names anything but what students have
   */
  static MultiLayerConfiguration configuration(byte[] json, String place) {
    if (json.length > MAX_CONFIGURATION) {
      throw refused(place, "a configuration with more than " + MAX_CONFIGURATION + " bytes");
    }
    String text = new String(json, StandardCharsets.UTF_8);
    ConfigurationCheck.refuseForeignClasses(text, place);
    return MultiLayerConfiguration.fromJson(text);
  }

  private static MultiLayerNetwork network(
      MultiLayerConfiguration configuration, byte[] zip, String place) throws IOException {
    // Before they, and the network, take memory: zeros are a thousand times smaller when packed.
    long parameters = NetworkShape.parameters(configuration);
    long needed = Math.multiplyExact(parameters, Float.BYTES);
    byte[] coefficients = entry(zip, COEFFICIENTS, needed + MAX_HEADER, place);
    if (coefficients.length < needed) {
      throw refused(place, COEFFICIENTS + " has " + coefficients.length + " bytes");
    }
    float[] values = Coefficients.read(coefficients, (int) parameters, place);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    // No first weights are drawn: some ways to draw them take the square of what they give.
    network.init(Nd4j.create(values, new long[] {1, values.length}, 'c'), false);
    return network;
  }

  private static void requireEntries(byte[] zip, String place) throws IOException {
    Set<String> allowed = Set.of(CONFIGURATION, COEFFICIENTS);
    Set<String> names = new TreeSet<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!allowed.contains(entry.getName()) || !names.add(entry.getName())) {
          throw refused(place, "an entry named " + entry.getName());
        }
      }
    }
    if (!names.equals(allowed)) {
      throw refused(place, "entries " + names);
    }
  }

  /** One entry, of which no more is unpacked than may be there. */
  private static byte[] entry(byte[] zip, String name, long most, String place) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      ZipEntry entry = in.getNextEntry();
      while (!entry.getName().equals(name)) {
        entry = in.getNextEntry();
      }
      byte[] content = in.readNBytes((int) Math.min(most, Integer.MAX_VALUE - 8));
      if (in.read() >= 0) {
        throw refused(place, name + " with more than " + most + " bytes");
      }
      return content;
    }
  }

  static IntegrityException refused(String place, String found) {
    return new IntegrityException(
        "Cannot open student "
            + place
            + ", it holds what a student does not: "
            + found
            + ". Train again, or restore it.");
  }
}
