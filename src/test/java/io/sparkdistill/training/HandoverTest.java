package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private final Handover here = new Handover.Here();

  @Test
  void resultOfATaskInTheSameJvmIsNotCopied() {
    RoundResult result = result(3);

    Handover.Delivery delivery = here.deliver(1, 0, result);

    assertThat(delivery).isEqualTo(new Handover.Left(1, 0));
    assertThat(here.received(SerializationUtils.clone(delivery))).isSameAs(result);
  }

  @Test
  void copyInAnotherJvmSendsResultsAndIsOfferedNothing() {
    Handover elsewhere = SerializationUtils.clone(here);

    Handover.Delivery delivery = SerializationUtils.clone(elsewhere.deliver(1, 0, result(3)));

    assertThat(here.received(delivery).sum().samples()).isEqualTo(3);
    assertThatThrownBy(elsewhere::offered)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Nothing is offered to another JVM");
  }

  @Test
  void attemptThatEndsTooLateDoesNotReplaceTheResultOfALaterRound() {
    RoundResult later = result(5);
    here.deliver(2, 0, later);

    here.deliver(1, 0, result(3));

    assertThat(here.received(new Handover.Left(2, 0))).isSameAs(later);
  }

  private static RoundResult result(long samples) {
    return RoundResult.of(
        new Contribution(new NetworkState(new float[] {1}, new float[0]), samples, 0.5));
  }
}
