package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Another reader of the format sees the pixels that were written. */
class PngTest {
  @Test
  void greyPixelsAreReadAsTheyWereWritten() throws IOException {
    byte[] samples = {0, 1, 100, (byte) 200, (byte) 254, (byte) 255};

    BufferedImage image = read(Png.write(3, 2, 1, samples));

    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getHeight()).isEqualTo(2);
    for (int i = 0; i < samples.length; i++) {
      assertThat(image.getRaster().getSample(i % 3, i / 3, 0)).isEqualTo(samples[i] & 0xff);
    }
  }

  @Test
  void colouredPixelsAreReadAsTheyWereWritten() throws IOException {
    BufferedImage image = read(Png.write(1, 2, 3, new byte[] {1, 2, 3, (byte) 255, 0, 9}));

    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x010203);
    assertThat(image.getRGB(0, 1) & 0xffffff).isEqualTo(0xff0009);
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
