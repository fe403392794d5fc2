package io.sparkdistill.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.config.reading.LoadedConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The command that makes an output again is one that a shell understands. */
class RecipeTest {
  @Test
  void plainWordsStandAsTheyAre() {
    assertThat(
            new Recipe("conf/q.conf", List.of("training.seed=2"), Optional.of("big"), List.of())
                .command())
        .isEqualTo("jobs/distill run conf/q.conf --set training.seed=2 --link big");
  }

  @Test
  void shellSeesEveryOtherWordAsItWasGiven() throws IOException {
    String file = "it's $HOME; `id` \"x\" \\ *.conf";
    String setting = "teachers=[{ onnx = \"t.onnx\" }]";
    String command = new Recipe(file, List.of(setting), Optional.empty(), List.of()).command();

    Process shell =
        new ProcessBuilder(
                "sh", "-c", command.replaceFirst("^jobs/distill run ", "printf '%s\\\\n' "))
            .start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(file + "\n--set\n" + setting + "\n");
  }

  @Test
  void linksOfAChainHaveOneOfTheirOwnAndCredentialsAreMasked() {
    LoadedConfig loaded =
        ConfigLoader.fromText(
            """
            distill {
              output = out
              dataset { train { path = a }, test { path = b }, classes = 2 }
              teachers = [{ onnx = t.onnx }]
              chain = [{ name = big, student.hidden = [9] }]
            }
            """,
            "file.conf",
            List.of("output=s3a://key:s3cret@bucket/out"));

    assertThat(loaded.recipe().link()).isEmpty();
    assertThat(loaded.recipe("big").command())
        .isEqualTo("jobs/distill run file.conf --set 'output=s3a://***@bucket/out' --link big");
    assertThat(loaded.recipe("big").effective())
        .anyMatch(value -> value.key().equals("student.hidden") && value.value().equals("[9]"));
  }
}
