package io.sparkdistill.teacher;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.IntegrityException;
import java.io.Serializable;
import java.util.function.UnaryOperator;

/** Whose an ONNX file is, which decides what helps where it cannot be used. */
public sealed interface OnnxRole extends Serializable {
  /**
   * What to throw where a file cannot be used.
   *
   * @param verb what cannot be done with it
   * @param place where it came from
   * @param why it cannot be done
   * @param remedy what helps if it is a teacher, by its key in the configuration
   * @return typed by what the caller can do
   */
  DistillException refusal(String verb, String place, String why, UnaryOperator<String> remedy);

  /**
   * A teacher's: another can be given, or what is configured of it corrected.
   *
   * @param key where it stands in the configuration
   */
  record Teacher(String key) implements OnnxRole {
    @Override
    public BadInputException refusal(
        String verb, String place, String why, UnaryOperator<String> remedy) {
      return new BadInputException(
          "Cannot " + verb + " teacher " + place + ", " + why + ". " + remedy.apply(key));
    }
  }

  /** A student's own: export wrote it so that it fits, so it is not what was written. */
  record Student() implements OnnxRole {
    @Override
    public IntegrityException refusal(
        String verb, String place, String why, UnaryOperator<String> remedy) {
      return new IntegrityException(
          "Cannot "
              + verb
              + " student "
              + place
              + ", "
              + why
              + ". Restore it, or export it again into another output.");
    }
  }
}
