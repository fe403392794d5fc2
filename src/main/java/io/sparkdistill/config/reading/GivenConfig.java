package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.LinkConfig;
import io.sparkdistill.failure.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a user gave, resolved and without the defaults; other configurations are this one with some
 * values put over it. Immutable and thread-safe.
 */
public final class GivenConfig {
  private static final ConfigRenderOptions FILE =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);

  private final String name;
  private final Config given;

  GivenConfig(String name, Config given) {
    this.name = name;
    this.given = given;
  }

  /**
   * The configuration's name.
   *
   * @return for messages
   */
  public String name() {
    return name;
  }

  /**
   * Configurations with other values, checked as if each had been given as a file.
   *
   * @param settings of each: keys without {@code distill.}, and HOCON
   * @return one for each, in order
   * @throws io.sparkdistill.failure.InvalidConfigurationException naming all problems of all of
   *     them at once
   */
  public List<DistillConfig> with(List<? extends Map<String, String>> settings) {
    List<DistillConfig> configs = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Map<String, String> values : settings) {
      Config block = ConfigLoader.over(given, values);
      CheckedConfig checked = ConfigLoader.check(block, name);
      configs.add(checked.config());
      problems.addAll(checked.problems());
      // Links have these values too, unless they give their own.
      ChainReader chain = new ChainReader(block, name, List.of());
      chain.read();
      problems.addAll(chain.problemsBeside(checked.problems()));
    }
    ConfigLoader.refuse(name, problems.stream().distinct().toList());
    return configs;
  }

  /**
   * A file that the other commands accept, with what was given and some values put over it. The
   * block {@code tuning} is left out. So are values in which credentials stand; a comment at the
   * top names their keys. Another one names the links of a chain that get these values, too, and so
   * are others than those whose student was tuned, with the values that they had.
   *
   * @param values keys without {@code distill.}, and HOCON
   * @return HOCON
   */
  public String text(Map<String, String> values) {
    Config all = ConfigLoader.over(given, values).withoutPath("tuning");
    TreeSet<String> secret = new TreeSet<>();
    for (Map.Entry<String, ConfigValue> entry : all.entrySet()) {
      String value = entry.getValue().render(ConfigRenderOptions.concise());
      if (!value.equals(Secrets.mask(value))) {
        secret.add(entry.getKey());
      }
    }
    StringBuilder text = new StringBuilder();
    retrained(all).forEach(text::append);
    for (String key : secret) {
      all = all.withoutPath(key);
      text.append("# ").append(key).append(" has credentials in it: give it with --set.\n");
    }
    return text.append(all.atPath("distill").root().render(FILE)).toString();
  }

  /** A line for each link that is another one in that block. */
  private List<String> retrained(Config other) {
    List<LinkConfig> before = links(given);
    List<LinkConfig> after = links(other);
    return IntStream.range(0, before.size())
        .mapToObj(i -> new LinkChange(before.get(i), after.get(i)))
        .flatMap(change -> change.comment().stream())
        .toList();
  }

  private List<LinkConfig> links(Config block) {
    return new ChainReader(block, name, List.of()).read();
  }
}
