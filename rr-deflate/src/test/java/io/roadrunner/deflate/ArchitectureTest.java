package io.roadrunner.deflate;

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
  void dependsOnBytesAndZlibOnly() {
    classes()
        .that()
        .resideInAPackage("io.roadrunner.deflate")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.roadrunner.deflate",
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.nio",
            "java.util",
            "java.util.function",
            "java.util.stream",
            "java.util.zip",
            "org.jspecify.annotations")
        .check(MODULE);
    noClasses().should().dependOnClassesThat().belongToAnyOf(Thread.class).check(MODULE);
  }

  @Test
  void negotiationKnowsNothingOfMessages() {
    noClasses()
        .that()
        .belongToAnyOf(PermessageDeflate.class, Terms.class, WindowBits.class, Extension.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(MessageDeflater.class, MessageInflater.class, NativeCodecs.class)
        .check(MODULE);
    noClasses()
        .that()
        .belongToAnyOf(MessageInflater.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(MessageDeflater.class, DeflateConfig.class, Extension.class)
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
