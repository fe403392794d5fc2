package io.sparkdistill.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.TransientException;
import org.junit.jupiter.api.Test;

/** A wish that a run ends, and who is told what. */
class StopRequestTest {
  private final StopRequest stop = new StopRequest();

  @Test
  void nextStageIsRefusedOnceItIsWished() {
    stop.refuseToGoOn();
    assertThat(stop.request()).isFalse();
    assertThatThrownBy(stop::refuseToGoOn)
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Cannot go on with the next stage, the process was asked to stop. What was published"
                + " stays; run the same command again.");
  }

  @Test
  void whoWishesIsToldWhetherTheRunIsWhereItEndsByItself() {
    assertThat(stop.heeded(() -> stop.heeded(stop::request))).isTrue();
    assertThat(stop.request()).isFalse();
    assertThatThrownBy(
            () ->
                stop.heeded(
                    () -> {
                      throw new IllegalStateException("the reason");
                    }))
        .hasMessage("the reason");
    assertThat(stop.request()).isFalse();
  }
}
