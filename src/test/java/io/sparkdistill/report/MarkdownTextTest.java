package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of data in a report that is posted to GitHub. */
class MarkdownTextTest {
  @ParameterizedTest
  @CsvSource({
    "@octocat, @&#8203;octocat",
    "user@host, user@&#8203;host",
    "#12, #&#8203;12",
    "owner/repo#12, owner/repo#&#8203;12",
    "GH-12, GH-&#8203;12",
    "@élan, @&#8203;élan",
    "label = 3, label = 3",
    "# of rows @ night, # of rows @ night",
    "high-3, high-3",
    "a_b, a\\_b"
  })
  void nobodyIsCalledAndNothingReferredTo(String text, String shown) {
    assertThat(MarkdownText.escape(text)).isEqualTo(shown);
  }
}
