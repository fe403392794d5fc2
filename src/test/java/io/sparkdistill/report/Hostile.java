package io.sparkdistill.report;

/** Text that would run code, or look like markup, if it were taken for anything but text. */
final class Hostile {
  static final String TEXT =
      "\"'><script>woke=document.title='woke'</script><svg onload=\"woke=1\"/>"
          + "<img src=x onerror=woke=1></style></svg></table>{{verdict}}{{{page}}}`|*_[x](y)&lt;";

  private Hostile() {}
}
