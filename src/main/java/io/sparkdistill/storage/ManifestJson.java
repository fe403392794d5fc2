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

/** Manifests as JSON, read strictly: no unknown, missing or doubled field. */
final class ManifestJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    try {
      return JSON.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Manifest read(byte[] json, String place) {
    try {
      JsonNode tree = JSON.readTree(json);
      int schemaVersion = tree.path("schemaVersion").asInt(-1);
      if (schemaVersion != Manifest.SCHEMA_VERSION) {
        throw new IntegrityException(
            "Cannot read manifest "
                + place
                + ", its schemaVersion is "
                + schemaVersion
                + " and this build reads "
                + Manifest.SCHEMA_VERSION
                + ". Use the release that wrote it, or another output.");
      }
      return JSON.treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new IntegrityException(
          "Cannot read manifest "
              + place
              + ", it is damaged: "
              + e.getOriginalMessage()
              + ". Restore it, or use another output.",
          e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
