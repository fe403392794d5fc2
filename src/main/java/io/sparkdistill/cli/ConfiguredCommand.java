package io.sparkdistill.cli;

import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.pipeline.run.LogProgress;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.Result;
import io.sparkdistill.pipeline.run.SparkSettings;
import io.sparkdistill.pipeline.run.TerminalProgress;
import io.sparkdistill.storage.Holder;
import java.io.File;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What all commands with a configuration have. */
abstract class ConfiguredCommand {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "CONF",
      description = "The configuration: a HOCON file, local or at any Hadoop URI.")
  private String conf;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets a key over the configuration, without the leading 'distill.'; the value is HOCON, or"
              + " text where it does not parse. May be repeated.")
  private final List<String> overrides = new ArrayList<>();

  @SuppressWarnings("UnusedVariable") // picocli looks at it.
  @Mixin
  private CommonOptions common;

  private Optional<Progress> told = Optional.empty();

  final CommandSpec spec() {
    return spec;
  }

  /** Shows how far it is to somebody else than who started this process. */
  final void tell(Progress progress) {
    told = Optional.of(progress);
  }

  final Progress progress() {
    return told.orElseGet(ConfiguredCommand::shown);
  }

  @SuppressWarnings("SystemConsoleNull") // Spark 3.5 ends at Java 17.
  private static Progress shown() {
    return System.console() == null ? new LogProgress() : new TerminalProgress(System.err);
  }

  /** A session that a command's application runs in; to be stopped. */
  static SparkSession session(String command) {
    // First, because a Spark of another release may not have the rest.
    SparkConf settings = SparkSettings.complete("distill-" + command, Main.class.getName());
    return SparkSession.builder().config(settings).getOrCreate();
  }

  /** Who works on an output, for others that want it. */
  final String holder(String command) {
    return Holder.of(command + " of " + Secrets.mask(conf));
  }

  /** Says where things are that were published. */
  final void show(List<Result.Place> places) {
    PrintWriter out = spec.commandLine().getOut();
    places.forEach(place -> out.printf(Locale.ROOT, "%-13s %s%n", place.name(), place.path()));
    out.flush();
  }

  final LoadedConfig load() {
    if (conf.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/.*") && !conf.startsWith("file:/")) {
      // Spark's settings of file systems: one that is opened with others stays open with those.
      Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
      return ConfigLoader.fromText(new RemoteConf(hadoop).read(conf), overrides);
    }
    File file = new File(conf.startsWith("file:/") ? new Path(conf).toUri().getPath() : conf);
    if (!file.isFile()) {
      throw new InvalidConfigurationException(
          "Cannot read configuration "
              + conf
              + ", there is no such file. Give one, for example conf/quickstart.conf.");
    }
    return ConfigLoader.fromFile(file, overrides);
  }
}
