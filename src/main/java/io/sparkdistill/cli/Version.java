package io.sparkdistill.cli;

import java.util.Optional;
import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** Versions of what runs. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Package own = Version.class.getPackage();
    return new String[] {
      "spark-distill " + Optional.ofNullable(own.getImplementationVersion()).orElse("development"),
      "Spark " + package$.MODULE$.SPARK_VERSION() + ", Java " + Runtime.version()
    };
  }
}
