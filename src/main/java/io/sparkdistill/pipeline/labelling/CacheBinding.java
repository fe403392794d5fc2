package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.examples.FeatureType;
import io.sparkdistill.pipeline.run.Inputs;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.CacheKeys;
import io.sparkdistill.softtargets.Shard;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
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
  private static final String EXAMPLES = "examples.";

  static CacheBinding of(CacheSpec spec, Configuration hadoop) {
    DatasetConfig dataset = spec.dataset();
    TreeMap<String, String> values = new TreeMap<>();
    values.put(CacheDirectory.SCHEMA_INPUT, Integer.toString(Shard.SCHEMA_VERSION));
    values.put(CacheKeys.CODEC, spec.codec().description());
    values.put(CacheKeys.VIEWS, spec.views().description());
    values.put("features", spec.includeFeatures() ? "included" : "not included");
    values.put(CacheKeys.CLASSES, Integer.toString(dataset.classes()));
    values.putAll(spec.teacher().identity());
    values.put(CacheKeys.SOURCE, place(spec.source(), hadoop));
    values.put(
        CacheKeys.COLUMNS, dataset.id() + ", " + dataset.features() + ", " + dataset.label());
    values.putAll(dataset.differences());
    return new CacheBinding(values);
  }

  /** What shards carry: a digest of all values, and of the type that was found for inputs. */
  String ofShards(FeatureType stored) {
    TreeMap<String, String> all = new TreeMap<>(values);
    all.put("features.type", Spelling.of(stored));
    return Inputs.sha256(all);
  }

  /** What a version is bound to but its rows. */
  static CacheBinding of(Manifest manifest) {
    TreeMap<String, String> values = new TreeMap<>(manifest.inputs());
    values.remove(CacheKeys.EXAMPLES);
    return new CacheBinding(values);
  }

  /** With the digest of the rows: what decides a version. */
  Map<String, String> with(String rows) {
    Map<String, String> all = new TreeMap<>(values);
    all.put(CacheKeys.EXAMPLES, rows);
    return all;
  }

  /** Where rows come from. */
  Map<String, String> ofExamples() {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(EXAMPLES))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String place(SourceConfig source, Configuration hadoop) {
    return source instanceof SourceConfig.Files files
        ? Locations.display(Locations.resolve(files.path(), hadoop))
        : source.display();
  }
}
