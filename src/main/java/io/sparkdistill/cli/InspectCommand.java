package io.sparkdistill.cli;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.CacheReport;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.StrictJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains a cache without its configuration. */
@Command(
    name = "inspect",
    description =
        "Explains a cache of soft targets: its teacher, codec, rows by partition, bytes, versions.")
final class InspectCommand implements Callable<Integer> {
  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PATH",
      description = "The cache, OUTPUT/soft-targets or OUTPUT/test-targets: any Hadoop URI.")
  private String place;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @SuppressWarnings("UnusedVariable") // picocli looks at it.
  @Mixin
  private CommonOptions common;

  @Override
  public Integer call() {
    Configuration conf = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    Path path = Locations.resolve(place, conf);
    StageDirectory directory = StageDirectory.at(path, conf);
    CacheReport report =
        new CacheDirectory(directory, conf)
            .report()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot inspect "
                            + Locations.display(path)
                            + ", no soft targets are published there. Give the folder soft-targets"
                            + " of an output."));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new String(StrictJson.write(report), StandardCharsets.UTF_8));
    } else {
      print(report, out);
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private static void print(CacheReport report, PrintWriter out) {
    line(out, "version", "%d of %s", report.version(), report.versions());
    line(
        out,
        "teacher",
        report.teacherSha256().equals("none") ? "%s" : "%s, SHA-256 %s",
        report.teacher(),
        report.teacherSha256());
    line(out, "source", "%s", report.source());
    line(
        out,
        "rows",
        "%,d of %,d features and %,d classes; %,d scored by this version, %,d set aside",
        report.rows(),
        report.width(),
        report.classes(),
        report.rowsScored(),
        report.quarantinedRows());
    line(out, "views", "%s", report.views());
    line(out, "features", "%s", report.features());
    if (!report.intermediates().isEmpty()) {
      line(out, "intermediates", "%s", String.join(", ", report.intermediates()));
    }
    if (!report.teacher().equals("nobody")) {
      line(out, "teacher wrong", "%,d rows", report.teacherErrors());
    }
    line(out, "codec", "%s, %.1f bytes a row on disk", report.codec(), report.bytesPerRow());
    line(
        out,
        "files",
        "%,d of %,d shards, %,d bytes",
        report.files(),
        report.shards(),
        report.bytes());
    line(out, "content", "SHA-256 %s", report.contentSha256());
    for (CacheReport.Partition partition : report.partitions()) {
      line(
          out,
          partition.partition().isEmpty() ? "(no partition)" : partition.partition(),
          "%,d rows, %,d scored by this version, %,d shards",
          partition.rows(),
          partition.rowsScored(),
          partition.shards());
    }
  }

  private static void line(PrintWriter out, String name, String format, Object... values) {
    out.printf(Locale.ROOT, "%-15s %s%n", name, String.format(Locale.ROOT, format, values));
  }
}
