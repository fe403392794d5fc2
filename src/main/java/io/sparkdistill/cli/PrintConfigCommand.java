package io.sparkdistill.cli;

import io.sparkdistill.config.LoadedConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows what is in force. */
@Command(
    name = "print-config",
    description =
        "Prints every effective value and where it comes from; credentials in URIs are masked.")
final class PrintConfigCommand extends ConfiguredCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    LoadedConfig loaded = load();
    PrintWriter out = spec().commandLine().getOut();
    int width =
        loaded.effective().stream()
            .mapToInt(value -> value.key().length() + value.value().length() + 3)
            .max()
            .orElse(0);
    for (LoadedConfig.EffectiveValue value : loaded.effective()) {
      String setting = value.key() + " = " + value.value();
      out.println(setting + " ".repeat(width - setting.length()) + "  # " + value.origin());
    }
    out.flush();
    return ExitCodes.DONE;
  }
}
