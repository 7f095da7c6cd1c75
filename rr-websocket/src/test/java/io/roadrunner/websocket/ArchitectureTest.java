package io.roadrunner.websocket;

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

  @Test
  void knowsNoSocketsThreadsClocksOrLoggers() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.roadrunner.websocket",
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.util",
            "java.util.function",
            "java.util.stream",
            "org.jspecify.annotations")
        .check(MODULE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.Thread|java\\.security\\.SecureRandom")
        .check(MODULE);
  }

  @Test
  void framesDoNotKnowTheHandshake() {
    noClasses()
        .that()
        .haveSimpleNameStartingWith("WebSocket")
        .or()
        .haveSimpleNameStartingWith("Message")
        .or()
        .haveSimpleNameStartingWith("Payload")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(".*\\.(.*Handshake.*|Accepted|AcceptKey|Refused|Extension.*|Origin.*)")
        .check(MODULE);
  }

  @Test
  void classesAreFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areTopLevelClasses()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MODULE);
  }
}
