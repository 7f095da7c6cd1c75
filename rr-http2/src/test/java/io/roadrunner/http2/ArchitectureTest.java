package io.roadrunner.http2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .importPath(Path.of(System.getProperty("basedir", ""), "target", "classes"));

  /** No I/O, no threads, no clocks. */
  @Test
  void dependsOnBytesAndStringsOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.roadrunner.http2",
            "io.roadrunner.http2.frame",
            "io.roadrunner.hpack",
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.nio",
            "java.nio.charset",
            "java.util",
            "java.util.function",
            "org.jspecify.annotations")
        .check(MODULE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, Runtime.class)
        .check(MODULE);
  }

  /** Frames are usable alone. */
  @Test
  void framesKnowNeitherConnectionsNorHeaders() {
    noClasses()
        .that()
        .resideInAPackage("io.roadrunner.http2.frame")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.roadrunner.http2", "io.roadrunner.hpack")
        .check(MODULE);
  }

  @Test
  void classesAreFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MODULE);
  }
}
