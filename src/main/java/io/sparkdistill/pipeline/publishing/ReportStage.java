package io.sparkdistill.pipeline.publishing;

import io.sparkdistill.pipeline.judging.EvaluateStage;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.report.Report;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Writes for people what an evaluation found. A stage of its own, because what it shows beside the
 * metrics, such as trials of tune, decides nothing about these. Its copies stand beside those of
 * the evaluation.
 */
public final class ReportStage implements Stage {
  public static final String NAME = "report";
  private static final String PAGE = "report.html";
  private static final String SUMMARY = "report.md";

  private final EvaluateStage evaluation;
  private final ReportSources sources;
  private final StageDirectory directory;
  private final Path shown;

  /**
   * Reads nothing yet.
   *
   * @param context of the run
   * @param evaluation that the page shows
   * @param sources of all else on the page
   */
  public ReportStage(RunContext context, EvaluateStage evaluation, ReportSources sources) {
    this.evaluation = evaluation;
    this.sources = sources;
    this.shown = new Path(context.output(), EvaluateStage.NAME);
    this.directory = context.directory(NAME, shown, PAGE, SUMMARY);
  }

  @Override
  public StageOutcome run() {
    ReportSources.Found found = sources.found();
    Map<String, String> inputs = found.inputs();
    Optional<Manifest> current = directory.current();
    Optional<Manifest> kept = current.filter(manifest -> manifest.isMadeOf(inputs));
    if (kept.isPresent()) {
      directory.read(kept.get().file(PAGE));
      directory.refreshView(kept.get());
      return upToDate(kept.get());
    }
    Report report = Report.of(found.data());
    Path attempt = directory.newAttempt();
    List<PublishedFile> files =
        List.of(
            directory.write(attempt, PAGE, report.html()),
            directory.write(attempt, SUMMARY, report.markdown()));
    Manifest published =
        directory.publish(Manifest.unpublished(NAME, inputs, Map.of(), files), current);
    return new StageOutcome(NAME, "wrote version " + published.version());
  }

  @Override
  public StageOutcome plan() {
    Optional<Manifest> current = directory.current();
    return current.isPresent()
            && evaluation.isUpToDate()
            && current.get().isMadeOf(sources.found().inputs())
        ? upToDate(current.get())
        : new StageOutcome(NAME, "would write a report of the evaluation");
  }

  /**
   * Where people find the page.
   *
   * @return the copy beside the versions
   */
  public Path place() {
    return new Path(shown, PAGE);
  }

  private static StageOutcome upToDate(Manifest manifest) {
    return new StageOutcome(NAME, "up to date (version " + manifest.version() + ")");
  }
}
