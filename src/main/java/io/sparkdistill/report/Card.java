package io.sparkdistill.report;

import java.util.List;
import java.util.Optional;

/**
 * A row of the test set, with what was said of it.
 *
 * @param name the row's id
 * @param picture of its features, where they are an image
 * @param label the right answer
 * @param answers of the models
 * @param distance how far apart they are
 */
record Card(
    String name, Optional<Picture> picture, String label, List<Answer> answers, String distance) {
  Card {
    answers = List.copyOf(answers);
  }

  /**
   * What a model said.
   *
   * @param kind of mark for the model; a class of the style sheet
   * @param model its name
   * @param predicted its class
   * @param verdict whether that is the label
   * @param probability of the class
   */
  record Answer(String kind, String model, String predicted, String verdict, String probability) {}

  /**
   * An image inside the page.
   *
   * @param source PNG in base 64
   * @param alt what it shows
   * @param width pixels of the page
   * @param height pixels of the page
   */
  record Picture(String source, String alt, String width, String height) {}
}
