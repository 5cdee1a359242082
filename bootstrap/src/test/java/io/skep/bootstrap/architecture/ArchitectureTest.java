package io.skep.bootstrap.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // What other modules share for tests.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.skep");

  private static final String VIOLATIONS = "io.skep.bootstrap.architecture.violation";

  private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(VIOLATIONS);

  /// Else a rule would hold because there is nothing that it looks at.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "domain.engine",
        "domain.cluster",
        "port.out",
        "port.in",
        "adapter.grpc",
        "adapter.sbe",
        "adapter.raft",
        "adapter.http",
        "adapter.bpmn",
        "adapter.export",
        "load",
        "bootstrap"
      })
  void shouldSeeTheClassesOfEveryModule(String name) {
    assertTrue(
        PROJECT.stream().anyMatch(type -> type.getPackageName().startsWith("io.skep." + name)));
  }

  @Test
  void shouldNotSeeTests() {
    assertFalse(PROJECT.stream().anyMatch(type -> type.getSimpleName().endsWith("Test")));
  }

  @TestFactory
  Stream<DynamicTest> shouldKeepTo() {
    return new Rules("io.skep")
        .all().entrySet().stream()
            .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(PROJECT)));
  }

  @ParameterizedTest
  @CsvSource({
    "domainDependsOnNothing, domain.ReadsFiles",
    "domainDependsOnNothing, domain.KnowsAPort",
    "domainHasNoClockAndNoChance, domain.AsksForTheTime",
    "domainHasNoClockAndNoChance, domain.MeasuresTime",
    "domainHasNoClockAndNoChance, domain.ReadsTheCalendar",
    "domainHasNoClockAndNoChance, domain.ThrowsDice",
    "domainHasNoClockAndNoChance, domain.SeedsItself",
    "domainHasNoClockAndNoChance, domain.MakesAnId",
    "domainHasNoClockAndNoChance, domain.StartsAThread",
    "adaptersDoNotKnowEachOther, adapter.raft.CallsHttp",
    "onlyBootstrapKnowsAdapters, port.in.CallsAnAdapter",
    "adaptersDoNotKnowBootstrap, adapter.raft.ReadsConfiguration",
    "loadGeneratorKnowsNothingOfTheRest, load.ReadsKeys",
    "onlyBootstrapKnowsTheLoadGenerator, port.in.Loads",
    "portsOutDependOnDomainOnly, port.out.KnowsWhoCalls",
    "portsOutDependOnDomainOnly, port.out.IsInjected",
    "portsInDependOnPortsOutAndDomainOnly, port.in.Logs",
    "useCasesAreHidden, port.in.OpenUseCase",
    "onlyTheEngineCallsDeciders, domain.engine.timer.Timers",
    "onlyTheStateAppliesEvents, domain.engine.timer.Timers",
    "library io.netty.., port.in.SpeaksNetty",
    "library io.grpc.., adapter.raft.SpeaksGrpc",
    "library org.apache.ratis.., adapter.http.SpeaksRatis",
    "library io.micrometer.., port.in.Counts",
    "library org.agrona.concurrent.., domain.UsesBuffers",
    "library io.camunda.zeebe.model.., domain.ReadsModels",
    "library org.snakeyaml.., adapter.raft.ReadsYaml",
  })
  void shouldCatch(String rule, String violator) {
    // when
    EvaluationResult result = new Rules(VIOLATIONS).all().get(rule).evaluate(FIXTURES);

    // then
    assertTrue(
        result.getFailureReport().getDetails().stream()
            .anyMatch(detail -> detail.contains(VIOLATIONS + "." + violator)),
        () -> result.getFailureReport().toString());
  }

  /// A rule that finds fault with everything would pass the test above.
  @TestFactory
  Stream<DynamicTest> shouldNotFindFaultWithWhatIsRight() {
    return new Rules(VIOLATIONS)
        .all().entrySet().stream()
            .map(
                rule ->
                    dynamicTest(
                        rule.getKey(),
                        () -> {
                          String report =
                              rule.getValue().evaluate(FIXTURES).getFailureReport().toString();
                          for (String name :
                              new String[] {
                                "domain.engine.Engine",
                                "domain.engine.State",
                                "domain.Innocent",
                                "port.in.InnocentUseCase"
                              }) {
                            assertFalse(
                                report.contains("<" + VIOLATIONS + "." + name + ">")
                                    || report.contains("<" + VIOLATIONS + "." + name + "."),
                                report);
                          }
                        }));
  }
}
