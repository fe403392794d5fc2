package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkdistill.testing.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The page in a browser. Leaves it, and pictures of it, in {@code target/report} to be looked at.
 */
class ReportPageTest {
  private static final Path FOLDER = Path.of(System.getProperty("distill.root"), "target/report");
  private static final String TITLE = "Distillation report";

  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        Chromium.isInstalled(),
        "Skipped: the page in a browser. Install chromium and chromedriver (Debian: chromium,"
            + " chromium-driver).");
    Files.createDirectories(FOLDER);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void opensWithoutAnErrorAndAsksNobodyForAnything() throws IOException {
    Path page = page("sample.html", text(SampleReport.plain()));
    chromium.be(1280, 900, "light");
    chromium.requests();
    chromium.open(page);

    assertThat(chromium.console()).isEmpty();
    assertThat(chromium.requests())
        .contains(page.toUri().toString())
        .allMatch(url -> url.equals(page.toUri().toString()) || url.startsWith("data:"));
    assertThat(chromium.evaluate("return document.title").asText()).isEqualTo(TITLE);
    assertThat(strings("section", "id"))
        .containsExactly(
            "curves",
            "calibration",
            "errors",
            "slices",
            "gallery",
            "tuning",
            "sizes",
            "provenance",
            "again");
    assertThat(strings("nav a", "hash")).hasSize(8).allMatch(hash -> hash.startsWith("#"));
    assertThat(count("img")).isEqualTo(24);
    assertThat(
            count("img:not([alt]), svg[role=img]:not([aria-labelledby]), table:not(:has(caption))"))
        .isZero();
    assertThat(
            chromium
                .evaluate(
                    "return [...document.images].every(i => i.complete && i.naturalWidth == 28)")
                .asBoolean())
        .isTrue();
    assertThat(
            chromium
                .evaluate(
                    "return new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size")
                .asInt())
        .isEqualTo(count("[id]"));
  }

  @Test
  void fitsPhonesAndDesksInLightAndDark() throws IOException {
    Path page = page("sample.html", text(SampleReport.plain()));
    for (String scheme : List.of("light", "dark")) {
      for (int width : new int[] {390, 1280}) {
        chromium.be(width, 844, scheme);
        chromium.open(page);
        chromium.screenshot(FOLDER.resolve("sample-" + width + "-" + scheme + ".png"));
      }
    }
    for (int width : new int[] {320, 390, 768, 1280}) {
      chromium.be(width, 844, "light");
      chromium.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
      assertThat(chromium.evaluate("return document.documentElement.scrollWidth").asInt())
          .as("width of the page on %d pixels", width)
          .isEqualTo(width);
      assertThat(smallestWords()).as("pixels of words on %d", width).isGreaterThan(9);
    }
  }

  @Test
  void hostileTextStaysTextAlsoWithoutAContentSecurityPolicy() throws IOException {
    String hostile = text(new SampleReport(text -> text + Hostile.TEXT).data());
    Path guarded = page("hostile.html", hostile);
    Path bare = page("hostile-bare.html", hostile.replaceFirst("<meta http-equiv=[^>]*>", ""));
    chromium.be(390, 844, "light");
    for (Path page : List.of(guarded, bare)) {
      chromium.requests();
      chromium.open(page);

      assertThat(chromium.console()).isEmpty();
      assertThat(chromium.requests())
          .allMatch(url -> url.equals(page.toUri().toString()) || url.startsWith("data:"));
      assertThat(chromium.evaluate("return document.title").asText()).isEqualTo(TITLE);
      assertThat(chromium.evaluate("return typeof woke").asText()).isEqualTo("undefined");
      assertThat(
              count(
                  "script, iframe, object, embed, form, [onload], [onerror], [style], a[href^=java]"))
          .isZero();
      assertThat(chromium.evaluate("return document.body.innerText").asText())
          .contains(Hostile.TEXT.strip());
      assertThat(chromium.evaluate("return document.documentElement.scrollWidth").asInt())
          .isEqualTo(390);
    }
  }

  /** Pixels of the smallest words that one sees, after charts are scaled. */
  private static double smallestWords() throws IOException {
    return chromium
        .evaluate(
            """
            return Math.min(...[...document.querySelectorAll('text, p, td, th, li, dt, dd')]
              .filter(e => e.checkVisibility() && e.textContent.trim())
              .map(e => parseFloat(getComputedStyle(e).fontSize)
                * (e.ownerSVGElement && e.ownerSVGElement.viewBox.baseVal.width
                  ? e.ownerSVGElement.getBoundingClientRect().width
                    / e.ownerSVGElement.viewBox.baseVal.width : 1)))
            """)
        .asDouble();
  }

  private static int count(String selector) throws IOException {
    return chromium
        .evaluate("return document.querySelectorAll(\"" + selector + "\").length")
        .asInt();
  }

  private static List<String> strings(String selector, String property) throws IOException {
    JsonNode found =
        chromium.evaluate(
            "return [...document.querySelectorAll('"
                + selector
                + "')].map(e => e."
                + property
                + ")");
    List<String> strings = new ArrayList<>();
    found.forEach(string -> strings.add(string.asText()));
    return strings;
  }

  private static String text(ReportData data) {
    return new String(Report.of(data).html(), StandardCharsets.UTF_8);
  }

  private static Path page(String name, String html) throws IOException {
    return Files.writeString(FOLDER.resolve(name), html);
  }
}
