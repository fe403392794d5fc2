package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.TeacherSource;
import java.util.Map;
import java.util.Optional;

/**
 * A teacher that has answered already, in a column of the data set. What decides a cache of it is
 * the column's name, and the rows themselves.
 *
 * @param source which column
 * @param key where it stands in the configuration, for messages
 */
record TeacherColumn(TeacherSource.Column source, String key) implements TeacherModel {
  @Override
  public String place() {
    return "column " + source.column();
  }

  @Override
  public Map<String, String> identity() {
    AnswerKind kind = source.answers();
    return Map.of(KIND, "column of " + Spelling.of(kind), "teacher.column", source.column());
  }

  @Override
  public Optional<TeacherSource.Column> column() {
    return Optional.of(source);
  }

  @Override
  public KindCheck kindCheck() {
    return new KindCheck(source.answers(), place(), key, "column");
  }

  @Override
  public ColumnSpec spec(int width, int classes, int threads) {
    return new ColumnSpec(place(), source.answers(), width, classes);
  }
}
