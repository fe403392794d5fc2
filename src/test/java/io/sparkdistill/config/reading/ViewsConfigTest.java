package io.sparkdistill.config.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.AugmentationConfig;
import io.sparkdistill.config.ViewsConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsConfigTest {
  /** A report shows features as images by it, and caches are bound to the description. */
  @Test
  void sizeOfImagesThatAreNotChangedIsNoOtherView() {
    AugmentationConfig still = new AugmentationConfig(0, false, 0, List.of(28, 28));
    assertThat(new ViewsConfig(1, still, 7).description())
        .isEqualTo(ViewsConfig.plain().description())
        .isEqualTo("1");
    AugmentationConfig moved = new AugmentationConfig(2, false, 0, List.of(28, 28));
    assertThat(new ViewsConfig(8, moved, 1).description())
        .isEqualTo("8, shift 2, image [28, 28], seed 1");
  }
}
