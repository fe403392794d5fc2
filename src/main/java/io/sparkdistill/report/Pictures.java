package io.sparkdistill.report;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.evaluation.GalleryRow;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Shows features as images. The least of all numbers is black, the greatest is white, so that
 * images of a page can be compared.
 */
final class Pictures {
  private static final int SIDE = 96;
  private static final int MOST_PIXELS = 65_536;

  private final ImageSize size;
  private final Span values;

  private Pictures(ImageSize size, Span values) {
    this.size = size;
    this.values = values;
  }

  /** Nothing where features are not images of one or three channels, or are not kept. */
  static Optional<Pictures> of(Optional<ImageSize> size, List<GalleryRow> rows) {
    Optional<Span> values =
        Span.of(rows.stream().flatMap(row -> row.features().stream()).mapToDouble(value -> value));
    return size.filter(image -> image.channels() == 1 || image.channels() == 3)
        .filter(image -> (long) image.height() * image.width() <= MOST_PIXELS)
        .flatMap(image -> values.map(span -> new Pictures(image, span.widened())));
  }

  Optional<Card.Picture> of(GalleryRow row) {
    if (!size.holds(row.features().size())) {
      return Optional.empty();
    }
    double scale = (double) SIDE / Math.max(size.height(), size.width());
    return Optional.of(
        new Card.Picture(
            Base64.getEncoder().encodeToString(png(row.features())),
            "The row’s features as an image, label " + row.label(),
            Long.toString(Math.max(1, Math.round(scale * size.width()))),
            Long.toString(Math.max(1, Math.round(scale * size.height())))));
  }

  /** Features have one channel after the other; a picture has them pixel by pixel. */
  private byte[] png(List<Float> features) {
    int pixels = size.height() * size.width();
    byte[] samples = new byte[pixels * size.channels()];
    for (int channel = 0; channel < size.channels(); channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        double share = (features.get(channel * pixels + pixel) - values.low()) / values.length();
        samples[pixel * size.channels() + channel] =
            (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
      }
    }
    return Png.write(size.width(), size.height(), size.channels(), samples);
  }
}
