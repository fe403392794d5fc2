package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.IntegrityException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a report says, as text; a browser looks at it in another test. */
class ReportTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("distill.root"), "src/test/resources/golden/metrics-v1.json");

  @Test
  void saysTheVerdictFirst() {
    String html = html(SampleReport.plain());
    String sentence =
        "The student makes 252 errors on 10,000 test rows, 152 fewer than the baseline and 203 more"
            + " than the teacher: it closes 43% of the gap between them.";

    assertThat(html).contains("<h1>" + sentence + "</h1>").contains("p\u00a0&lt;\u00a00.0001");
    assertThat(html.indexOf("<h1>")).isLessThan(html.indexOf("<table"));
    assertThat(html.indexOf("<table")).isLessThan(html.indexOf("<section"));
    assertThat(markdown(SampleReport.plain())).contains("**" + sentence + "**");
  }

  @Test
  void numbersBehindEachChartStandInATable() {
    String html = html(SampleReport.plain());
    int charts = count(html, "<figure");

    assertThat(charts).isGreaterThan(10);
    assertThat(count(html, "<summary>The numbers</summary>")).isEqualTo(charts);
    assertThat(count(html, "<desc")).isEqualTo(charts);
    assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void whatIsNotThereLeavesNoHole() throws IOException {
    ReportData least =
        new ReportData(
            Metrics.fromJson(Files.readAllBytes(GOLDEN)),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            new Provenance(List.of(), Optional.empty()));

    assertThat(html(least)).contains("<h1>The student makes").doesNotContain("<section");
    assertThat(markdown(least)).contains("| Errors |").doesNotContain("Made by");
  }

  @Test
  void hostileTextIsEscapedWhereverItStands() {
    ReportData hostile = new SampleReport(text -> text + Hostile.TEXT).data();
    String html = html(hostile);

    assertThat(html)
        .contains("&lt;script&gt;woke")
        .doesNotContain("<script")
        .doesNotContain("<img src=x")
        .doesNotContain("<svg onload");
    assertThat(count(html, "</style>")).isEqualTo(1);
    String markdown = markdown(hostile);
    String outsideCode = markdown.replaceAll("(?m)^ {4}.*$", "");
    assertThat(outsideCode)
        .contains("&lt;script&gt;woke")
        .doesNotContain("<")
        .doesNotContain("[x]");
    assertThat(markdown.lines().filter(line -> line.startsWith("    "))).hasSize(1);
  }

  @Test
  void sameDataGiveTheSameBytes() {
    assertThat(Report.of(SampleReport.plain()).html())
        .isEqualTo(Report.of(SampleReport.plain()).html());
  }

  @Test
  void numbersThatAreNoneAreLeftOut() {
    ReportData plain = SampleReport.plain();
    Rounds broken =
        new Rounds(
            Map.of(
                "round", List.of(1.0, 2.0, 3.0),
                "loss", List.of(Double.NaN, Double.POSITIVE_INFINITY, 1e308)));
    ReportData data =
        new ReportData(
            plain.metrics(),
            plain.gallery(),
            plain.image(),
            Map.of("student", broken),
            plain.tuning(),
            plain.sizes(),
            plain.provenance());

    assertThat(html(data)).contains("Loss of the student").doesNotContain("NaN");
  }

  @Test
  void metricsOfNoStudentAreRefused() {
    ReportData plain = SampleReport.plain();
    Metrics metrics = plain.metrics();
    Metrics none =
        new Metrics(
            1,
            metrics.testRows(),
            Map.of("teacher", metrics.models().get("teacher")),
            null,
            Map.of(),
            null,
            List.of(),
            List.of());
    ReportData data =
        new ReportData(
            none,
            plain.gallery(),
            plain.image(),
            plain.rounds(),
            plain.tuning(),
            plain.sizes(),
            plain.provenance());

    assertThatThrownBy(() -> Report.of(data))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot write a report, the metrics are not of a student: they name [teacher]. Evaluate"
                + " again, or use another output.");
  }

  private static int count(String text, String part) {
    return (int) Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }

  private static String html(ReportData data) {
    return new String(Report.of(data).html(), StandardCharsets.UTF_8);
  }

  private static String markdown(ReportData data) {
    return new String(Report.of(data).markdown(), StandardCharsets.UTF_8);
  }
}
