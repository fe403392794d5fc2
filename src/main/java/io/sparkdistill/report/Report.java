package io.sparkdistill.report;

import io.sparkdistill.software.Versions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An evaluation for people. The same data give the same bytes. Immutable and thread-safe.
 *
 * <p>The page has no script, no link to anywhere, and no style or image of another file; its
 * content security policy forbids all of that, should a text get past the escaping.
 */
public final class Report {
  /** Of what this build makes of the same data; a new one where that changes. */
  public static final int FORMAT = 1;

  private static final String STYLE = Templates.resource("report.css");

  private final Page page;
  private final List<Table> more;

  private Report(Page page, List<Table> more) {
    this.page = page;
    this.more = List.copyOf(more);
  }

  /**
   * Makes a report.
   *
   * @param data what was published
   * @return the report
   * @throws io.sparkdistill.failure.IntegrityException if the metrics are of no student
   */
  public static Report of(ReportData data) {
    List<Table> more =
        Stream.of(
                SlicesSection.summary(data.metrics()),
                data.sizes().map(sizes -> SizesSection.table(sizes, data.metrics())))
            .flatMap(Optional::stream)
            .toList();
    return new Report(Page.of(data), more);
  }

  /**
   * The page.
   *
   * @return HTML in UTF-8, complete in itself
   */
  public byte[] html() {
    Document document = new Document(page, STYLE, digest(STYLE), Versions.own());
    return Templates.html("report.html", document).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A summary for a pull request.
   *
   * @return GitHub Flavored Markdown in UTF-8
   */
  public byte[] markdown() {
    return Templates.markdown("report.md", new Summary(page, more, command()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What it comes to.
   *
   * @return the first words of both
   */
  public Verdict verdict() {
    return page.verdict();
  }

  /** In a block of code nothing is escaped, and it ends with the line. */
  private Optional<String> command() {
    return page.command().map(text -> text.replaceAll("\\p{Cntrl}|\u2028|\u2029", " "));
  }

  /** What the content security policy knows the one style sheet by. */
  private static String digest(String style) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What the template of the page is filled with.
   *
   * @param page what it says
   * @param style the style sheet
   * @param digest of the style sheet
   * @param version of this build
   */
  private record Document(Page page, String style, String digest, String version) {}

  /**
   * What the template of the summary is filled with.
   *
   * @param page what it says
   * @param more tables below that of the models
   * @param command in one line
   */
  private record Summary(Page page, List<Table> more, Optional<String> command) {}
}
