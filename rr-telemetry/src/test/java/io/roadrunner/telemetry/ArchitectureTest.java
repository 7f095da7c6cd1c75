package io.roadrunner.telemetry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses MODULE =
      new ClassFileImporter().importPath(Classes.folder("classes"));

  @Test
  void dependsOnTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("io.roadrunner.telemetry")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.roadrunner.telemetry",
            "java.lang..",
            "java.time..",
            "java.util..",
            "jdk.jfr",
            "org.jspecify.annotations")
        .check(MODULE);
  }

  @Test
  void onlyTheBridgeKnowsFlightRecorder() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Jfr")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.jfr")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleNameStartingWith("Jfr")
        .check(MODULE);
  }

  @Test
  void onlySubscriptionsOwnThreads() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Subscription.class)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent.locks")
        .check(MODULE);
  }

  @Test
  void countersAndEventsDoNotKnowEachOther() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Event")
        .or()
        .belongToAnyOf(ServerMetrics.class, Recorder.class, LatencyHistogram.class, Cells.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Telemetry.class, Subscription.class, EventQueue.class)
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
