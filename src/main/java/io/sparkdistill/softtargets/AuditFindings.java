package io.sparkdistill.softtargets;

import io.sparkdistill.examples.MultisetDigest;
import io.sparkdistill.math.Distributions;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** What a complete reading of written rows found; findings of parts add up. Not thread-safe. */
final class AuditFindings implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MultisetDigest content = new MultisetDigest();
  private long teacherErrors;
  private long hashMismatches;
  private String notFiniteId = "";
  private float notFinite;

  void add(SoftTarget row, byte[] inputHash, MessageDigest scratch) {
    for (float logit : row.logits()) {
      if (!Float.isFinite(logit)
          && (notFiniteId.isEmpty() || row.id().compareTo(notFiniteId) < 0)) {
        notFiniteId = row.id();
        notFinite = logit;
      }
    }
    byte[] ofInput = MultisetDigest.ofFeatures(row.features(), scratch);
    hashMismatches +=
        Arrays.equals(Arrays.copyOf(ofInput, SoftTargetColumns.HASH_BYTES), inputHash) ? 0 : 1;
    teacherErrors += Distributions.argMax(row.logits()) == row.label() ? 0 : 1;
    scratch.update(ofInput);
    scratch.update(ByteBuffer.allocate(Integer.BYTES).putInt(row.label()).array());
    scratch.update(row.id().getBytes(StandardCharsets.UTF_8));
    content.add(MultisetDigest.ofFeatures(row.logits(), scratch));
  }

  AuditFindings plus(AuditFindings other) {
    AuditFindings result = new AuditFindings();
    for (AuditFindings part : new AuditFindings[] {this, other}) {
      result.content.addAll(part.content);
      result.teacherErrors += part.teacherErrors;
      result.hashMismatches += part.hashMismatches;
      if (!part.notFiniteId.isEmpty()) {
        result.notFiniteId = part.notFiniteId;
        result.notFinite = part.notFinite;
      }
    }
    return result;
  }

  long rows() {
    return content.count();
  }

  long teacherErrors() {
    return teacherErrors;
  }

  long hashMismatches() {
    return hashMismatches;
  }

  /** A row whose logits are not all finite. */
  Optional<String> notFiniteId() {
    return Optional.of(notFiniteId).filter(id -> !id.isEmpty());
  }

  float notFinite() {
    return notFinite;
  }

  String contentSha256() {
    return content.hex();
  }
}
