package io.sparkdistill.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.release.HistoryEntry.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which version comes before which. */
class HistoryTest {
  private final List<HistoryEntry> entries = new ArrayList<>();

  @Test
  void nothingIsInUseAndNothingWas() {
    assertThat(history().current()).isEmpty();
    assertThat(history().before()).isEmpty();
    assertThat(history().next()).isEqualTo(1);
  }

  @Test
  void theVersionBeforeIsTheOneThatWasInUseBefore() {
    published(1);
    assertThat(history().before()).isEmpty();
    published(2);
    published(4);
    assertThat(history().current()).hasValue(4);
    assertThat(history().before()).hasValue(2);
    assertThat(history().has(1)).isTrue();
    assertThat(history().has(3)).isFalse();
  }

  @Test
  void goingBackTwiceGoesBackByTwo() {
    published(1);
    published(2);
    published(3);
    rolledBack(2);
    assertThat(history().before()).hasValue(1);
    rolledBack(1);
    assertThat(history().before()).isEmpty();
    assertThat(history().next()).isEqualTo(6);
  }

  @Test
  void goingForwardAgainCanBeUndone() {
    published(1);
    published(2);
    rolledBack(1);
    rolledBack(2);
    assertThat(history().before()).hasValue(1);
    published(3);
    assertThat(history().before()).hasValue(2);
  }

  private void published(int version) {
    add(version, Event.PUBLISHED);
  }

  private void rolledBack(int version) {
    add(version, Event.ROLLED_BACK);
  }

  private void add(int version, Event event) {
    entries.add(
        new HistoryEntry(
            HistoryEntry.SCHEMA_VERSION,
            entries.size() + 1,
            version,
            event,
            "somebody",
            "2026-01-01T00:00:00Z"));
  }

  private History history() {
    return new History(entries);
  }
}
