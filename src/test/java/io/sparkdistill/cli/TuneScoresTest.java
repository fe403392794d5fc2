package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tune says of trials, by what the cache keeps. */
class TuneScoresTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "codec = topk, topK = 2, temperature = 4 | false",
        "codec = sampled, temperature = 4 | false",
        "codec = sampled, temperature = 1 | true",
        "codec = int8 | true"
      })
  void divergenceIsThereOnlyWhereCachedRowsShowIt(String codec, boolean there) throws IOException {
    Workspace workspace = Workspace.create(folder);
    workspace.writeConf(
        """
        softTargets { %s }
        training.epochs = 1
        tuning {
          trials = 1
          metric = nll
          parameters { student.hidden = [[8], [16]] }
          fraction = 0.2
        }
        """
                .formatted(codec)
            + (codec.contains("temperature = 1") ? "objective.temperature = 1" : ""));

    CommandRun tune = CommandRun.of("tune", workspace.conf());

    assertThat(tune.err()).isEmpty();
    assertThat(tune.code()).isZero();
    JsonNode trials =
        new ObjectMapper()
            .readTree(workspace.output().resolve("tuning/trials.json").toFile())
            .get("trials");
    assertThat(trials).isNotEmpty();
    for (JsonNode trial : trials) {
      assertThat(trial.requiredAt("/score/kl").isNumber()).isEqualTo(there);
    }
  }
}
