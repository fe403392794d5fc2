package io.sparkdistill.tuning;

import io.sparkdistill.config.ParameterConfig;
import java.awt.AWTError;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A picture of all trials, with one panel for each key that was varied. */
public final class TrialsPlot {
  private static final Logger LOG = LoggerFactory.getLogger(TrialsPlot.class);
  private static final int WIDTH = 900;
  private static final int HEIGHT = 320;

  private TrialsPlot() {}

  /**
   * Draws it.
   *
   * @param report the trials
   * @param parameters the keys that were varied, at least one
   * @return a PNG; empty, with a warning, where this machine cannot draw, as without any fonts
   */
  public static Optional<byte[]> draw(TuningReport report, List<ParameterConfig> parameters) {
    try {
      BufferedImage all =
          new BufferedImage(WIDTH, HEIGHT * parameters.size(), BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = all.createGraphics();
      for (int i = 0; i < parameters.size(); i++) {
        TrialsPanel panel = new TrialsPanel(report, parameters.get(i));
        graphics.drawImage(
            BitmapEncoder.getBufferedImage(panel.chart(WIDTH, HEIGHT)), 0, i * HEIGHT, null);
      }
      graphics.dispose();
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(all, "png", png);
      return Optional.of(png.toByteArray());
    } catch (IOException | RuntimeException | AWTError | InternalError | LinkageError e) {
      // The trials are worth more than their picture.
      LOG.warn("The trials are not drawn, this machine cannot: {}", e.toString());
      return Optional.empty();
    }
  }
}
