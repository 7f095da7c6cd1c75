package io.roadrunner.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Imports point one way: net below the versions of HTTP, these below pipeline and routing, and all
 * of it below the API.
 */
class ArchitectureTest {

  private static final String API = "io.roadrunner.server";
  private static final String INNER = "io.roadrunner.server.*..";
  private static final String NET = "io.roadrunner.server.net..";
  private static final String HTTP1 = "io.roadrunner.server.http1..";
  private static final String HTTP2 = "io.roadrunner.server.http2..";
  private static final String WEBSOCKET = "io.roadrunner.server.websocket..";
  private static final String PIPELINE = "io.roadrunner.server.pipeline..";
  private static final String ROUTING = "io.roadrunner.server.routing..";
  private static final String FILES = "io.roadrunner.server.files..";
  private static final String CLI = "io.roadrunner.server.cli..";

  /** What puts the server together, and so has to know its parts. */
  private static final DescribedPredicate<JavaClass> ASSEMBLY =
      belongToAnyOf(
          Server.class,
          Protocols.class,
          TlsSetup.class,
          Routes.class,
          Route.class,
          StaticFiles.class);

  private static final URI CLASSES = locate();
  private static final JavaClasses MODULE = new ClassFileImporter().importPath(Path.of(CLASSES));

  private static URI locate() {
    try {
      return Server.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onlyTheApiIsExported() {
    Set<String> exported =
        ModuleFinder.of(Path.of(CLASSES)).find(API).orElseThrow().descriptor().exports().stream()
            .map(export -> export.source())
            .collect(Collectors.toSet());
    assertEquals(Set.of(API), exported);
  }

  @Test
  void innerPackagesHaveNoCycles() {
    slices().matching("io.roadrunner.server.(*)..").should().beFreeOfCycles().check(MODULE);
  }

  @Test
  void netKnowsBytesOnly() {
    noClasses()
        .that()
        .resideInAPackage(NET)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            HTTP1,
            HTTP2,
            WEBSOCKET,
            PIPELINE,
            ROUTING,
            FILES,
            CLI,
            "io.roadrunner.http1..",
            "io.roadrunner.http2..")
        .check(MODULE);
  }

  @Test
  void onlyNetHasSelectorsAndListensToSockets() {
    noClasses()
        .that()
        .resideOutsideOfPackage(NET)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Selector.class, ServerSocketChannel.class)
        .check(MODULE);
  }

  @Test
  void nothingAboveTheExchangeKnowsTheProtocolVersion() {
    noClasses()
        .that()
        .resideInAnyPackage(PIPELINE, ROUTING, FILES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            HTTP1, HTTP2, WEBSOCKET, CLI, "io.roadrunner.http1..", "io.roadrunner.http2..")
        .check(MODULE);
  }

  @Test
  void webSocketsDoNotKnowWhatCarriesThem() {
    noClasses()
        .that()
        .resideInAPackage(WEBSOCKET)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HTTP1, HTTP2, CLI, "io.roadrunner.http1..", "io.roadrunner.http2..")
        .check(MODULE);
  }

  @Test
  void routingKnowsNobodyInside() {
    noClasses()
        .that()
        .resideInAnyPackage(ROUTING, FILES)
        .should()
        .dependOnClassesThat(resideInAnyPackage(NET, HTTP1, HTTP2, WEBSOCKET, PIPELINE, CLI))
        .check(MODULE);
  }

  @Test
  void innerPackagesDoNotKnowTheAssembledServer() {
    noClasses()
        .that()
        .resideInAnyPackage(NET, HTTP1, HTTP2, WEBSOCKET, PIPELINE, ROUTING, FILES)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Server.class, ServerBuilder.class)
        .check(MODULE);
  }

  @Test
  void valuesOfTheApiKnowNobodyInside() {
    noClasses()
        .that()
        .resideInAPackage(API)
        .and(DescribedPredicate.not(ASSEMBLY))
        .should()
        .dependOnClassesThat(resideInAPackage(INNER))
        .check(MODULE);
  }

  @Test
  void theCommandLineUsesWhatEverybodyCanUse() {
    classes()
        .that()
        .resideInAPackage(CLI)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            API,
            CLI,
            "io.roadrunner.telemetry",
            "io.roadrunner.websocket",
            "io.roadrunner.deflate",
            "java..",
            "org.slf4j..",
            "org.jspecify..")
        .check(MODULE);
  }
}
