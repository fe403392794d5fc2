package io.sparkdistill.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** When the tables of a Hive metastore are read. */
class HiveCatalogTest {
  private static final String SITE = "hive-site.xml";
  private static final String BUILDER = "org/apache/spark/sql/hive/HiveSessionStateBuilder.class";
  private static final String CONF = "org/apache/hadoop/hive/conf/HiveConf.class";

  @Test
  void isChosenWhereItIsConfiguredAndThere() {
    assertThat(catalog(new SparkConf(false), SITE, BUILDER, CONF)).isEqualTo("hive");
  }

  @Test
  void isLeftAloneWhereAnythingIsMissing() {
    assertThat(catalog(new SparkConf(false), BUILDER, CONF)).isEqualTo("none");
    assertThat(catalog(new SparkConf(false), SITE, CONF)).isEqualTo("none");
    assertThat(catalog(new SparkConf(false), SITE, BUILDER)).isEqualTo("none");
  }

  @Test
  void userHasTheLastWord() {
    SparkConf conf = new SparkConf(false).set("spark.sql.catalogImplementation", "in-memory");
    assertThat(catalog(conf, SITE, BUILDER, CONF)).isEqualTo("in-memory");
  }

  private static String catalog(SparkConf conf, String... classPath) {
    HiveCatalog.enable(conf, new ClassPath(List.of(classPath)));
    return conf.get("spark.sql.catalogImplementation", "none");
  }

  /** Has these files and nothing else. */
  private static final class ClassPath extends ClassLoader {
    private final List<String> files;

    ClassPath(List<String> files) {
      super(null);
      this.files = files;
    }

    @Override
    protected URL findResource(String name) {
      return files.contains(name)
          ? HiveCatalogTest.class.getResource("HiveCatalogTest.class")
          : null;
    }
  }
}
