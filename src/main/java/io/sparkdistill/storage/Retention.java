package io.sparkdistill.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which versions stay, and which go.
 *
 * @param kept those that stay, ascending
 * @param going those that go, ascending; some may be hidden already
 */
public record Retention(List<Kept> kept, List<Manifest> going) {
  /** Copies the lists. */
  public Retention {
    kept = kept.stream().sorted(Comparator.comparing(Kept::version)).toList();
    going = going.stream().sorted(Comparator.comparing(Manifest::version)).toList();
  }

  /**
   * A version that stays.
   *
   * @param manifest of the version
   * @param why for people
   */
  public record Kept(Manifest manifest, String why) {
    int version() {
      return manifest.version();
    }
  }

  /**
   * Decides.
   *
   * @param visible versions that readers find, ascending
   * @param hidden versions that readers find no more, and whose files may be there still
   * @param holders who reads which versions
   * @param newest how many of the newest stay in any case, at least 1
   */
  static Retention of(
      List<Manifest> visible,
      List<Manifest> hidden,
      Map<Integer, List<String>> holders,
      int newest) {
    List<Kept> kept = new ArrayList<>();
    List<Manifest> others = new ArrayList<>(hidden);
    for (int i = 0; i < visible.size(); i++) {
      if (visible.size() - i <= newest) {
        kept.add(new Kept(visible.get(i), newest == 1 ? "newest" : "one of the newest " + newest));
      } else {
        others.add(visible.get(i));
      }
    }
    return new Retention(kept, others).without(holders);
  }

  /** The same, but for versions that are held: their files stay. */
  Retention without(Map<Integer, List<String>> holders) {
    List<Kept> stay = new ArrayList<>(kept);
    List<Manifest> go = new ArrayList<>();
    for (Manifest manifest : going) {
      List<String> who = holders.getOrDefault(manifest.version(), List.of());
      if (who.isEmpty()) {
        go.add(manifest);
      } else {
        stay.add(new Kept(manifest, "held by " + String.join("; ", who)));
      }
    }
    return new Retention(stay, go);
  }
}
