package io.sparkdistill.softtargets;

import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * A Parquet file of one attempt at a shard, which is created with its first row. Pages carry
 * checksums. Not thread-safe.
 */
final class AttemptFile<T> {
  private final Path path;
  private final WriteSupport<T> support;
  private final Configuration conf;
  private Optional<ParquetWriter<T>> writer = Optional.empty();
  private long rows;

  AttemptFile(Path path, WriteSupport<T> support, Configuration conf) {
    this.path = path;
    this.support = support;
    this.conf = conf;
  }

  void write(T row) {
    try {
      if (writer.isEmpty()) {
        writer = Optional.of(new Builder<>(path, support).withConf(conf).build());
      }
      writer.get().write(row);
      rows++;
    } catch (IOException e) {
      throw WriteFailures.of(path, e);
    }
  }

  long rows() {
    return rows;
  }

  /**
   * Ends the file, reads all of it back, and says what is to be published; nothing without rows.
   */
  Optional<PublishedFile> finish(StageDirectory directory) {
    if (writer.isEmpty()) {
      return Optional.empty();
    }
    try {
      writer.get().close();
      return Optional.of(directory.describe(path));
    } catch (IOException e) {
      throw WriteFailures.of(path, e);
    }
  }

  /** Bytes of a column and all below it, compressed, after the file was finished. */
  long columnBytes(String column) {
    return writer.stream()
        .flatMap(finished -> finished.getFooter().getBlocks().stream())
        .flatMap(block -> block.getColumns().stream())
        .filter(chunk -> chunk.getPath().toArray()[0].equals(column))
        .mapToLong(ColumnChunkMetaData::getTotalSize)
        .sum();
  }

  /** Removes what was written; nobody has seen it. */
  void discard() {
    if (writer.isEmpty()) {
      return;
    }
    try {
      writer.get().close();
    } catch (IOException | RuntimeException e) {
      WriteFailures.LOG.debug("Cannot close {}: {}", path, e.getMessage());
    }
    try {
      path.getFileSystem(conf).delete(path, false);
    } catch (IOException e) {
      // An orphan that no version lists.
      WriteFailures.LOG.warn("Cannot remove {}: {}", path, e.getMessage());
    }
  }

  private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
    private final WriteSupport<T> support;

    Builder(Path path, WriteSupport<T> support) {
      super(path);
      this.support = support;
      withWriteMode(ParquetFileWriter.Mode.CREATE);
      withCompressionCodec(CompressionCodecName.ZSTD);
      withPageWriteChecksumEnabled(true);
      // Ids and hashes do not repeat, and a dictionary of hashes is tried in vain for each page.
      withDictionaryEncoding("id", false);
      withDictionaryEncoding("input_hash", false);
      withDictionaryEncoding("logits", false);
    }

    @Override
    protected Builder<T> self() {
      return this;
    }

    @Override
    protected WriteSupport<T> getWriteSupport(Configuration conf) {
      return support;
    }
  }
}
