package io.sparkdistill.report;

import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where the models come from, and every value that was in force. */
final class ProvenanceSection {
  private ProvenanceSection() {}

  static Optional<Section> of(Provenance provenance) {
    List<Table> tables = new ArrayList<>();
    for (Provenance.Facts group : provenance.facts()) {
      tables.add(
          new Table(
              "facts",
              group.about(),
              List.of("fact", "value"),
              group.facts().stream()
                  .map(fact -> Table.Row.of(fact.name(), List.of(fact.value())))
                  .toList()));
    }
    List<Table> details =
        provenance.recipe().stream().flatMap(recipe -> configuration(recipe).stream()).toList();
    return tables.isEmpty() && details.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Section.of(
                    "provenance",
                    "Where it comes from",
                    "Digests are SHA-256. The same inputs, seed and number of workers give the"
                        + " same student on processors that run the same build of ND4J’s library.")
                .withTables(tables)
                .withDetails(details));
  }

  private static List<Table> configuration(Recipe recipe) {
    return List.of(
        table("Configuration: what was given", recipe, value -> !value.isDefault()),
        table("Configuration: what was left at its default", recipe, EffectiveValue::isDefault));
  }

  private static Table table(String caption, Recipe recipe, Predicate<EffectiveValue> which) {
    return new Table(
        "facts",
        caption,
        List.of("key", "value", "from"),
        recipe.effective().stream().filter(which).map(ProvenanceSection::row).toList());
  }

  private static Table.Row row(EffectiveValue value) {
    return Table.Row.of(value.key(), List.of(value.value(), value.origin()));
  }
}
