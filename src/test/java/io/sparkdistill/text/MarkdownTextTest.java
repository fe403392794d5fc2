package io.sparkdistill.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of others in what is posted to GitHub. */
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
    assertThat(MarkdownText.within(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "Ask @octocat, Ask \\@&#8203;octocat",
    "gh-3, gh\\-&#8203;3",
    "# no heading, \\# no heading",
    "1. no list, 1\\. no list",
    "<b>&amp;, &lt;b&gt;&amp;amp\\;"
  })
  void nothingBegins(String text, String shown) {
    assertThat(MarkdownText.line(text)).isEqualTo(shown);
  }

  @Test
  void codeEndsWhereItShould() {
    assertThat(MarkdownText.code("a`|`b <i>@x")).isEqualTo("``a`\\|`b <i>@x``");
    assertThat(MarkdownText.code("`")).isEqualTo("`` ` ``");
    assertThat(MarkdownText.code(" \n ")).isEmpty();
  }

  @Test
  void whateverEndsALineIsASpace() {
    String lines = "a\r\nb\u0085c\u2028d\u2029e\u0000f";
    assertThat(MarkdownText.within(lines)).isEqualTo("a b c d e f");
    assertThat(MarkdownText.line(lines)).isEqualTo("a b c d e f");
    assertThat(MarkdownText.code(lines)).isEqualTo("`a b c d e f`");
  }
}
