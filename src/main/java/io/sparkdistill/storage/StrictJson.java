package io.sparkdistill.storage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sparkdistill.failure.IntegrityException;
import java.io.IOException;

/**
 * Records as JSON, read strictly: no unknown, missing or doubled field, no other version. Stateless
 * and thread-safe.
 */
public final class StrictJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Writes a record.
   *
   * @param value with a component {@code schemaVersion}
   * @return UTF-8
   */
  public static byte[] write(Record value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a record.
   *
   * @param <T> its type
   * @param json UTF-8
   * @param type its class
   * @param schemaVersion the one that this build reads
   * @param what messages call such a thing, and where it is
   * @return the record
   * @throws IntegrityException if it is damaged or of another version
   */
  public static <T extends Record> T read(
      byte[] json, Class<T> type, int schemaVersion, String what) {
    try {
      JsonNode tree = JSON.readTree(json);
      if (!tree.isObject()) {
        throw new IntegrityException(damaged(what, "there is no JSON object"));
      }
      int found = tree.path("schemaVersion").asInt(-1);
      if (found != schemaVersion) {
        throw new IntegrityException(
            "Cannot read "
                + what
                + ", its schemaVersion is "
                + found
                + " and this build reads "
                + schemaVersion
                + ". Use the release that wrote it, or another output.");
      }
      return JSON.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IntegrityException(damaged(what, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String damaged(String what, String why) {
    return "Cannot read "
        + what
        + ", it is damaged: "
        + why
        + ". Restore it, or use another output.";
  }
}
