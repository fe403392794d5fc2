package io.sparkdistill.pipeline;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.softtargets.LogitCodec;
import io.sparkdistill.softtargets.Shard;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.teacher.OnnxModelFile;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Everything but the rows that decides what is in a cache: with any other, it is another cache.
 *
 * @param values name to value
 */
record CacheBinding(SortedMap<String, String> values) {
  static CacheBinding of(
      DistillConfig config,
      SourceConfig source,
      LogitCodec codec,
      OnnxModelFile teacher,
      Configuration hadoop) {
    DatasetConfig dataset = config.dataset();
    TreeMap<String, String> values = new TreeMap<>();
    values.put("cache.schemaVersion", Integer.toString(Shard.SCHEMA_VERSION));
    values.put("codec", codec.description());
    values.put("classes", Integer.toString(dataset.classes()));
    values.put("teacher.sha256", teacher.sha256());
    values.put("teacher.input", config.teacher().input().orElse("the only one"));
    values.put("teacher.output", config.teacher().output().orElse("the only one"));
    values.put("examples.source", place(source, hadoop));
    values.put(
        "examples.columns", dataset.id() + ", " + dataset.features() + ", " + dataset.label());
    return new CacheBinding(values);
  }

  /** A digest of all values, which shards carry. */
  String id() {
    return Sha256.of(
        values.entrySet().stream()
            .map(entry -> entry.getKey() + "\t" + entry.getValue())
            .collect(Collectors.joining("\n")));
  }

  /** With the rows: what decides a version. */
  Map<String, String> with(String name, String value) {
    Map<String, String> all = new TreeMap<>(values);
    all.put(name, value);
    return all;
  }

  private static String place(SourceConfig source, Configuration hadoop) {
    return source instanceof SourceConfig.Files files
        ? Locations.display(Locations.resolve(files.path(), hadoop))
        : source.display();
  }
}
