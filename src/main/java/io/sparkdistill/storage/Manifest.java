package io.sparkdistill.storage;

import io.sparkdistill.failure.IntegrityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a stage published: the files, what they were made from, what is in them.
 *
 * @param schemaVersion version of this format; this build writes and reads {@value #SCHEMA_VERSION}
 * @param stage what published it: soft-targets, student, …
 * @param version 1 for the first publication, then counting
 * @param inputs everything that decides the result, name to value; equal inputs mean equal results
 * @param facts what is worth knowing of the result: rows, sums, versions of software
 * @param files what was published
 */
public record Manifest(
    int schemaVersion,
    String stage,
    int version,
    SortedMap<String, String> inputs,
    SortedMap<String, String> facts,
    List<PublishedFile> files) {
  /** The format that this build writes. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the collections. */
  public Manifest {
    inputs = new TreeMap<>(inputs);
    facts = new TreeMap<>(facts);
    files = List.copyOf(files);
  }

  /**
   * A manifest that has no version yet.
   *
   * @param stage what publishes it
   * @param inputs what decides the result
   * @param facts what is worth knowing of it
   * @param files what is published
   * @return version 0, to be numbered when it is committed
   */
  public static Manifest unpublished(
      String stage,
      Map<String, String> inputs,
      Map<String, String> facts,
      List<PublishedFile> files) {
    return new Manifest(
        SCHEMA_VERSION, stage, 0, new TreeMap<>(inputs), new TreeMap<>(facts), files);
  }

  Manifest numbered(int number) {
    return new Manifest(schemaVersion, stage, number, inputs, facts, files);
  }

  /**
   * Whether it is of just this.
   *
   * @param things everything that decides a result, name to value
   * @return true if a result of these is this one
   */
  public boolean isMadeOf(Map<String, String> things) {
    return inputs.equals(things);
  }

  /**
   * The one file of a name.
   *
   * @param name last part of its path
   * @return the file
   * @throws IntegrityException if there is none
   */
  public PublishedFile file(String name) {
    return files.stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(() -> lacks("the file", name));
  }

  /**
   * A fact that is a number.
   *
   * @param name which
   * @return its value
   * @throws IntegrityException if there is none, or it is no number
   */
  public long number(String name) {
    try {
      return Long.parseLong(fact(name));
    } catch (NumberFormatException e) {
      throw new IntegrityException(
          unusable("its fact " + name + " is no number: " + facts.get(name)), e);
    }
  }

  /**
   * What is known of the result.
   *
   * @param name which fact
   * @return its value
   * @throws IntegrityException if there is none
   */
  public String fact(String name) {
    return Optional.ofNullable(facts.get(name)).orElseThrow(() -> lacks("the fact", name));
  }

  /**
   * What decided the result.
   *
   * @param name which input
   * @return its value
   * @throws IntegrityException if there is none
   */
  public String input(String name) {
    return Optional.ofNullable(inputs.get(name)).orElseThrow(() -> lacks("the input", name));
  }

  private IntegrityException lacks(String what, String name) {
    return new IntegrityException(unusable("it lacks " + what + ": " + name));
  }

  private String unusable(String why) {
    return "Cannot use manifest " + version + " of " + stage + ", " + why + ". Publish it again.";
  }
}
