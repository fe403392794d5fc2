package io.sparkdistill.report;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import io.sparkdistill.text.MarkdownText;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;

/**
 * Puts records into the templates beside this class. A template that names what a record does not
 * have fails. Stateless and thread-safe.
 */
final class Templates {
  private Templates() {}

  /**
   * Fills a template of HTML, in which every text is escaped for elements and quoted attributes.
   */
  static String html(String name, Object content) {
    return fill(Mustache.compiler().withEscaper(Escapers.HTML), name, content);
  }

  /** Fills a template of Markdown, in which every text is escaped for its cells and lines. */
  static String markdown(String name, Object content) {
    return fill(Mustache.compiler().withEscaper(MarkdownText::within), name, content);
  }

  /** A file beside this class. */
  static String resource(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fill(Mustache.Compiler compiler, String name, Object content) {
    return compiler
        .withCollector(new Records())
        .withLoader(part -> new StringReader(resource(part)))
        .emptyStringIsFalse(true)
        .strictSections(true)
        .compile(resource(name))
        .execute(content);
  }

  /** An empty Optional is a section that is left out. */
  private static final class Records extends DefaultCollector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> optional
          ? optional.stream().iterator()
          : super.toIterator(value);
    }
  }
}
