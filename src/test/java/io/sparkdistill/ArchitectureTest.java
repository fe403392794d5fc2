package io.sparkdistill;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may know whom, and the few things that nobody may do. */
@AnalyzeClasses(packages = "io.sparkdistill", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.sparkdistill.";
  private static final int MOST_LINES = 400;
  private static final Pattern IMPORTS = Pattern.compile("Imports [^;]*?(;|[.](?= |$|/))");
  private static final Pattern CODE = Pattern.compile("\\{@code\\s+([a-z.]+)\\}");
  private static final Pattern OURS =
      Pattern.compile("(?m)^import (?:static )?io\\.sparkdistill\\.([a-z.]+)\\.[A-Z]");

  /** A package may import those that stand after it. */
  private static final List<String> DOWNWARD =
      List.of(
          "cli",
          "ml",
          "pipeline",
          "pipeline.publishing",
          "pipeline.judging",
          "pipeline.trials",
          "pipeline.students",
          "pipeline.labelling",
          "pipeline.run",
          "report",
          "tuning",
          "release",
          "evaluation",
          "export",
          "training",
          "training.frequency",
          "training.rows",
          "layers",
          "softtargets",
          "softtargets.codec",
          "teacher",
          "student",
          "objective",
          "examples",
          "columnar",
          "diagnosis",
          "storage",
          "config.reading",
          "config",
          "math",
          "software",
          "text",
          "failure");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.sparkdistill.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_JOBS_KNOW_SPARK =
      noClasses()
          .that()
          .resideInAnyPackage(
              packages(
                  "report",
                  "tuning",
                  "release",
                  "export",
                  "teacher",
                  "layers",
                  "student",
                  "objective",
                  "columnar",
                  "storage",
                  "config",
                  "math",
                  "software",
                  "text",
                  "failure"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule STORAGE_AND_WHAT_IS_BELOW_KNOW_NO_NETWORKS =
      noClasses()
          .that()
          .resideInAnyPackage(
              packages(
                  "examples",
                  "columnar",
                  "storage",
                  "config",
                  "math",
                  "software",
                  "text",
                  "failure"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule ONLY_TEACHER_KNOWS_ONNX_RUNTIME =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "teacher")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule ONLY_CLI_KNOWS_PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule ONLY_READERS_OF_CONFIGURATIONS_KNOW_HOCON =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "config.reading")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe..");

  @ArchTest
  static final ArchRule ONLY_REPORT_KNOWS_TEMPLATES =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "report")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.samskivert..");

  @ArchTest
  static final ArchRule MATH_IS_PURE_JAVA =
      classes()
          .that()
          .resideInAPackage(ROOT + "math")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + "math", "java.lang..", "java.util..", "java.nio..");

  @ArchTest
  static final ArchRule FAILURE_KNOWS_NOTHING =
      classes()
          .that()
          .resideInAPackage(ROOT + "failure")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + "failure", "java.lang..", "java.util..");

  @ArchTest
  static final ArchRule ONLY_CLI_ENDS_THE_PROCESS =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule ONLY_CLI_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli")
          .should()
          .accessField(System.class, "out");

  @ArchTest
  static final ArchRule NOBODY_RUNS_JAVA_DESERIALIZATION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInputStream.class)
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.deeplearning4j.util.ModelSerializer");

  @ArchTest
  static final ArchRule EVERYBODY_LOGS_THROUGH_SLF4J =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..",
              "org.apache.log4j..",
              "org.apache.logging..",
              "org.apache.commons.logging..");

  @ArchTest
  static final ArchRule CLASSES_ARE_FINAL =
      classes()
          .that(
              are(
                  DescribedPredicate.describe(
                      "ordinary",
                      type ->
                          !type.isInterface()
                              && !type.isEnum()
                              && !type.isRecord()
                              && !type.isAnonymousClass()
                              && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                              && !type.getModifiers().contains(JavaModifier.SYNTHETIC))))
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  void packagesImportOnlyDownward(JavaClasses imported) {
    for (int i = 1; i < DOWNWARD.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + DOWNWARD.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              DOWNWARD.subList(0, i).stream().map(name -> ROOT + name).toArray(String[]::new))
          .allowEmptyShould(true)
          .check(imported);
    }
  }

  @ArchTest
  void everyPackageHasItsPlaceInTheList(JavaClasses imported) {
    assertThat(imported.stream().map(JavaClass::getPackageName).distinct())
        .isSubsetOf(DOWNWARD.stream().map(name -> ROOT + name).toList());
  }

  @ArchTest
  void everyPackageIsExplained(JavaClasses imported) {
    for (String name : imported.stream().map(JavaClass::getPackageName).distinct().toList()) {
      Path folder = sources().resolve(name.replace('.', '/'));
      assertThat(folder.resolve("package-info.java")).exists();
    }
  }

  @ArchTest
  void everyPackageNamesWhatItImports(JavaClasses imported) throws IOException {
    for (String name : DOWNWARD) {
      Path folder = sources().resolve((ROOT + name).replace('.', '/'));
      String explained = Files.readString(folder.resolve("package-info.java")).replace("\n *", "");
      Matcher sentence = IMPORTS.matcher(explained);
      assertThat(namesIn(sentence.find() ? sentence.group() : "", CODE))
          .as(name)
          .isEqualTo(importedBy(folder, name));
    }
  }

  private static Set<String> importedBy(Path folder, String own) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        names.addAll(namesIn(Files.readString(file), OURS));
      }
    }
    names.remove(own);
    return names;
  }

  private static Set<String> namesIn(String text, Pattern pattern) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ArchTest
  void filesAreSmall(JavaClasses imported) throws IOException {
    try (Stream<Path> files = Files.walk(sources())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(MOST_LINES + 1);
      }
    }
  }

  private static Path sources() {
    return Path.of(System.getProperty("distill.root"), "src/main/java");
  }

  private static String[] packages(String... names) {
    return Stream.of(names).map(name -> ROOT + name + "..").toArray(String[]::new);
  }
}
