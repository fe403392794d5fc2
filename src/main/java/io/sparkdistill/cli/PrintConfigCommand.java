package io.sparkdistill.cli;

import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.reading.LoadedConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows what is in force. */
@Command(
    name = "print-config",
    description =
        "Prints every effective value and where it comes from; credentials in URIs are masked.")
final class PrintConfigCommand extends ConfiguredCommand implements Callable<Integer> {
  /** Whatever is longer, such as a chain, does not push the origins of all others out of sight. */
  private static final int WIDEST = 60;

  @Override
  public Integer call() {
    LoadedConfig loaded = load();
    PrintWriter out = spec().commandLine().getOut();
    int width =
        loaded.effective().stream()
            .mapToInt(value -> setting(value).length())
            .filter(length -> length <= WIDEST)
            .max()
            .orElse(0);
    for (EffectiveValue value : loaded.effective()) {
      String setting = setting(value);
      out.println(
          setting + " ".repeat(Math.max(0, width - setting.length())) + "  # " + value.origin());
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private static String setting(EffectiveValue value) {
    return value.key() + " = " + value.value();
  }
}
