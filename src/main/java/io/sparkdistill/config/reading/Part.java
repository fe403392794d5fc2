package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;

/**
 * One of several students in one configuration: a link of a chain, or a head.
 *
 * @param list the key of the list it stands in
 * @param number its place there, from 0
 * @param own what it says
 */
record Part(String list, int number, Config own) {
  static final String NAME = "name";

  String key() {
    return list + "[" + number + "]";
  }

  /** Empty where it says none. */
  String name() {
    return own.hasPath(NAME) ? String.valueOf(own.getValue(NAME).unwrapped()) : "";
  }

  /** Where it is published, below the whole. */
  String output(Config whole) {
    String root = whole.hasPath("output") ? whole.getValue("output").unwrapped().toString() : "";
    return root + (root.endsWith("/") ? "" : "/") + list + "/" + name();
  }

  Part without(String key) {
    return new Part(list, number, own.withoutPath(key));
  }

  Problem problem(String ofItsOwn, String text) {
    ConfigOrigin origin =
        own.hasPath(ofItsOwn) ? own.getValue(ofItsOwn).origin() : own.root().origin();
    return below(new Problem(ofItsOwn, Origins.describe(origin), text));
  }

  /** A problem of its block, by its key in the whole. */
  Problem below(Problem problem) {
    return new Problem(key() + "." + problem.key(), problem.where(), problem.text());
  }
}
