package io.roadrunner.http1;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.roadrunner.http1");

  @Test
  void needsNothingButJavaBase() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.roadrunner.http1",
            "java.lang..",
            "java.nio",
            "java.nio.charset",
            "java.util",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void hasNoThreadsAndNoReflection() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.(Thread|Process|System\\$Logger|reflect\\..*)")
        .check(CLASSES);
  }
}
