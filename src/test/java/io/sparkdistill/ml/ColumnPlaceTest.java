package io.sparkdistill.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.BadInputException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Which of the columns of a name is read. */
class ColumnPlaceTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("Features", DataTypes.StringType)
          .add("features", DataTypes.StringType)
          .add("Id", DataTypes.StringType)
          .add("twice", DataTypes.StringType)
          .add("twice", DataTypes.StringType);

  @Test
  void exactNameIsPreferredAndCaseDoesNotMatterElse() {
    assertThat(ColumnPlace.of(SCHEMA, "features")).contains(1);
    assertThat(ColumnPlace.of(SCHEMA, "Features")).contains(0);
    assertThat(ColumnPlace.of(SCHEMA, "ID")).contains(2);
    assertThat(ColumnPlace.of(SCHEMA, "label")).isEmpty();
  }

  @Test
  void severalOfANameAreRefused() {
    for (String name : new String[] {"twice", "FEATURES"}) {
      assertThatThrownBy(() -> ColumnPlace.of(SCHEMA, name))
          .isInstanceOf(BadInputException.class)
          .hasMessage(
              "Cannot use column "
                  + name
                  + ", several are called so: [Features, features, Id, twice, twice]. Rename them.");
    }
  }
}
