package io.sparkdistill.cli;

import io.sparkdistill.pipeline.run.SparkRelease;
import io.sparkdistill.software.Versions;
import picocli.CommandLine.IVersionProvider;

/** Versions of what runs. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      Versions.OWN + " " + Versions.own(),
      "Spark " + SparkRelease.running().spark() + ", Java " + Runtime.version()
    };
  }
}
