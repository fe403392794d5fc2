package io.sparkdistill.hinton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What earlier sittings found stays, until the same is found anew. */
class OutcomesTest {
  @TempDir private Path folder;

  @Test
  void seedsOfSeveralSittingsAreKeptAndOneThatIsRunAgainIsReplaced() throws IOException {
    Path json = folder.resolve("resources/outcomes.json");
    Outcomes.read(json).with(PageTest.main(2, 60, 140, 80, 40)).write(json);
    Outcomes.read(json).with(PageTest.main(1, 61, 150, 90, 41)).write(json);
    Outcomes.read(json).with(PageTest.main(2, 59, 140, 80, 42)).write(json);

    Outcomes all = Outcomes.read(json);
    assertThat(all.outcomes())
        .containsExactly(PageTest.main(1, 61, 150, 90, 41), PageTest.main(2, 59, 140, 80, 42));
    assertThat(all.of(Map.of(Variant.MAIN, "of main"))).hasSize(2);
    assertThat(all.of(Map.of(Variant.MAIN, "of another"))).isEmpty();
    assertThat(all.of(Map.of())).isEmpty();
  }

  @Test
  void whatWasDoneBeforeKeepsTheTimeThatItTook() {
    Outcomes none = new Outcomes(1, List.of());
    Outcomes known = none.with(PageTest.main(1, 60, 140, 80, 40));
    assertThat(known.with(PageTest.main(1, 60, 140, 80, 0)).outcomes())
        .containsExactly(PageTest.main(1, 60, 140, 80, 40));
    assertThat(known.with(PageTest.main(1, 60, 140, 81, 0)).outcomes())
        .containsExactly(PageTest.main(1, 60, 140, 81, 0));
  }
}
