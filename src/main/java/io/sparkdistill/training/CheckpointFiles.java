package io.sparkdistill.training;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.math.FloatArrays;
import io.sparkdistill.storage.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A checkpoint as files: one of plain little-endian floats for each array, {@value #LOG}, which
 * checkpoints of earlier builds lack, and {@value #STATE} with the rest. Stateless and thread-safe.
 */
final class CheckpointFiles {
  /** The format that this build writes and reads. */
  static final int SCHEMA_VERSION = 1;

  static final String STATE = "state.json";
  private static final String LOG = "rounds.csv";
  private static final String ARRAY = ".f32";

  private CheckpointFiles() {}

  /**
   * What {@value #STATE} holds.
   *
   * @param schemaVersion of all files of the checkpoint
   * @param workerRows rows of each worker
   * @param arrays how many numbers each array has
   * @param values by name
   */
  record Description(
      int schemaVersion,
      List<Integer> workerRows,
      SortedMap<String, Integer> arrays,
      SortedMap<String, String> values) {}

  static Map<String, byte[]> write(SavedState state, List<Integer> workerRows) {
    Map<String, byte[]> files = new TreeMap<>();
    SortedMap<String, Integer> lengths = new TreeMap<>();
    state
        .arrays()
        .forEach(
            (name, array) -> {
              lengths.put(name, array.length);
              files.put(name + ARRAY, FloatArrays.bytes(array));
            });
    files.put(LOG, state.log().getBytes(StandardCharsets.UTF_8));
    files.put(
        STATE,
        StrictJson.write(new Description(SCHEMA_VERSION, workerRows, lengths, state.values())));
    return files;
  }

  /**
   * What stands in {@value #STATE}.
   *
   * @throws IntegrityException if it is not there, or of another version
   */
  static Description description(Map<String, byte[]> files, String what) {
    return StrictJson.read(
        file(files, STATE, what), Description.class, SCHEMA_VERSION, STATE + " of " + what);
  }

  /**
   * What was written.
   *
   * @throws IntegrityException if an array is not there, or of another length
   */
  static SavedState state(Description description, Map<String, byte[]> files, String what) {
    Map<String, float[]> arrays = new TreeMap<>();
    description
        .arrays()
        .forEach(
            (name, length) -> {
              byte[] content = file(files, name + ARRAY, what);
              if (content.length != (long) length * Float.BYTES) {
                throw new IntegrityException(
                    "Cannot read "
                        + name
                        + ARRAY
                        + " of "
                        + what
                        + ", it must have "
                        + length
                        + " numbers of 4 bytes: "
                        + content.length
                        + " bytes. Restore it, or remove the checkpoint.");
              }
              arrays.put(name, FloatArrays.of(content));
            });
    byte[] log = files.getOrDefault(LOG, new byte[0]);
    return SavedState.of(arrays, description.values(), new String(log, StandardCharsets.UTF_8));
  }

  private static byte[] file(Map<String, byte[]> files, String name, String what) {
    if (!files.containsKey(name)) {
      throw new IntegrityException(
          "Cannot read "
              + what
              + ", a file is missing in its manifest: "
              + name
              + ". Restore it, or remove the checkpoint.");
    }
    return files.get(name);
  }
}
