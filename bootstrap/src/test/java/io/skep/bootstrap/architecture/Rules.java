package io.skep.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;

/// The boundaries of the house, for the packages below a root. Tests hold the project to them, and
/// fixtures below another root show that each of them bites.
record Rules(String root) {

  /// Which library types may appear where, by package. Everything else of ours must do without.
  private static final Map<String, String[]> LIBRARIES = new LinkedHashMap<>();

  static {
    LIBRARIES.put("io.grpc..", new String[] {"adapter.grpc..", "load.."});
    // The gRPC server is one of Netty's, and is told which event loops to take.
    LIBRARIES.put(
        "io.netty..", new String[] {"adapter.grpc..", "adapter.sbe..", "adapter.http..", "load.."});
    LIBRARIES.put("com.google.protobuf..", new String[] {"adapter.grpc..", "load.."});
    LIBRARIES.put("io.camunda.zeebe.gateway.protocol..", new String[] {"adapter.grpc..", "load.."});
    LIBRARIES.put("org.HdrHistogram..", new String[] {"load.."});
    LIBRARIES.put("org.apache.ratis..", new String[] {"adapter.raft.."});
    LIBRARIES.put("org.agrona.concurrent..", new String[] {"adapter.sbe.."});
    LIBRARIES.put("io.micrometer..", new String[] {"adapter.http.."});
    LIBRARIES.put("io.prometheus..", new String[] {"adapter.http.."});
    LIBRARIES.put("io.camunda.zeebe.model..", new String[] {"adapter.bpmn.."});
    LIBRARIES.put("org.camunda..", new String[] {"adapter.bpmn.."});
    LIBRARIES.put("scala..", new String[] {"adapter.bpmn.."});
    LIBRARIES.put("org.snakeyaml..", new String[] {"bootstrap.."});
  }

  private String in(String packages) {
    return root + "." + packages;
  }

  /// What the engine decides must follow from what it is given.
  ArchRule domainDependsOnNothing() {
    return classes()
        .that()
        .resideInAPackage(in("domain.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                in("domain.."),
                "java.lang..",
                "java.util..",
                "java.time..",
                "java.math..",
                // UTF-8 by name.
                "java.nio.charset",
                // ADR 0005
                "org.agrona.collections"));
  }

  ArchRule domainHasNoClockAndNoChance() {
    DescribedPredicate<JavaClass> forbidden =
        assignableTo(Thread.class)
            .or(assignableTo(java.time.Clock.class))
            .or(assignableTo(java.util.Random.class))
            .or(resideInAnyPackage("java.util.concurrent.."))
            .as("threads, clocks, java.util.Random or java.util.concurrent");
    DescribedPredicate<JavaCall<?>> now =
        target(name("now")).and(target(owner(resideInAnyPackage("java.time.."))));
    DescribedPredicate<JavaCall<?>> time =
        target(nameMatching("currentTimeMillis|nanoTime"))
            .and(target(owner(assignableTo(System.class))));
    DescribedPredicate<JavaCall<?>> chance =
        target(nameMatching("random|randomUUID|identityHashCode|shuffle"))
            .and(target(owner(resideInAnyPackage("java.."))));
    return noClasses()
        .that()
        .resideInAPackage(in("domain.."))
        .should()
        .dependOnClassesThat(forbidden)
        .orShould()
        .callMethodWhere(now.or(time).or(chance).as("it tells the time or throws dice"))
        .orShould()
        .callConstructor(java.util.SplittableRandom.class);
  }

  ArchRule adaptersDoNotKnowEachOther() {
    return slices().matching(in("adapter.(*)..")).should().notDependOnEachOther();
  }

  ArchRule onlyBootstrapKnowsAdapters() {
    return noClasses()
        .that(resideOutsideOfPackages(in("adapter.."), in("bootstrap..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in("adapter.."), in("bootstrap.."));
  }

  ArchRule adaptersDoNotKnowBootstrap() {
    return noClasses()
        .that()
        .resideInAPackage(in("adapter.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("bootstrap.."));
  }

  /// It is a client: what it measures must not be able to tell it anything but by the protocol.
  ArchRule loadGeneratorKnowsNothingOfTheRest() {
    return noClasses()
        .that()
        .resideInAPackage(in("load.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(in("domain.."), in("port.."), in("adapter.."), in("bootstrap..")));
  }

  ArchRule onlyBootstrapKnowsTheLoadGenerator() {
    return noClasses()
        .that(resideOutsideOfPackages(in("load.."), in("bootstrap..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("load.."));
  }

  ArchRule portsOutDependOnDomainOnly() {
    return classes()
        .that()
        .resideInAPackage(in("port.out.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                in("port.out.."),
                in("domain.."),
                "java..",
                // The JDK's form of what a process proves itself with.
                "javax.net.ssl.."));
  }

  ArchRule portsInDependOnPortsOutAndDomainOnly() {
    return classes()
        .that()
        .resideInAPackage(in("port.in.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                in("port.in.."),
                in("port.out.."),
                in("domain.."),
                "java..",
                "jakarta.inject..",
                // What it generates depends on both.
                "dagger..",
                "javax.annotation.processing.."));
  }

  /// What a use case is made of is nobody's business but Dagger's.
  ArchRule useCasesAreHidden() {
    return classes()
        .that()
        .resideInAPackage(in("port.in.."))
        .and()
        .haveSimpleNameEndingWith("UseCase")
        .should()
        .bePackagePrivate();
  }

  /// A concept never calls another's decisions: it says `turn.then(command)`.
  ArchRule onlyTheEngineCallsDeciders() {
    DescribedPredicate<JavaCall<?>> decider =
        target(name("process"))
            .and(target(owner(resideInAnyPackage(in("domain.engine..")))))
            .and(
                DescribedPredicate.describe(
                    "takes a command",
                    call ->
                        call.getTarget().getRawParameterTypes().stream()
                            .anyMatch(type -> type.isAssignableTo(in("domain.engine.Command")))));
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(in("domain.engine.Engine"))
        .and(resideInAnyPackage(in("domain..")))
        .should()
        .callMethodWhere(decider);
  }

  /// State changes only by events, and all of them go through one place.
  ArchRule onlyTheStateAppliesEvents() {
    DescribedPredicate<JavaCall<?>> apply =
        target(name("apply"))
            .and(target(owner(resideInAnyPackage(in("domain.engine..")))))
            .and(
                target(
                    owner(
                        DescribedPredicate.describe(
                            "is a table",
                            (JavaClass type) -> type.getSimpleName().endsWith("Table")))));
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(in("domain.engine.State"))
        .should()
        .callMethodWhere(apply);
  }

  /// A library may be exchanged where one adapter knows it, and nowhere else.
  Map<String, ArchRule> librariesStayInTheirAdapters() {
    var rules = new LinkedHashMap<String, ArchRule>();
    LIBRARIES.forEach(
        (library, homes) -> {
          String[] allowed = new String[homes.length];
          for (int i = 0; i < homes.length; i++) allowed[i] = in(homes[i]);
          rules.put(
              library,
              noClasses()
                  .that()
                  .resideInAPackage(root + "..")
                  .and(resideOutsideOfPackages(allowed))
                  // Generated; it names what modules hand to each other.
                  .and(not(nameMatching(".*\\.bootstrap\\.Dagger.*")))
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage(library)
                  .as(library + " appears in " + String.join(", ", allowed) + " only"));
        });
    return rules;
  }

  Map<String, ArchRule> all() {
    var rules = new LinkedHashMap<String, ArchRule>();
    rules.put("domainDependsOnNothing", domainDependsOnNothing());
    rules.put("domainHasNoClockAndNoChance", domainHasNoClockAndNoChance());
    rules.put("adaptersDoNotKnowEachOther", adaptersDoNotKnowEachOther());
    rules.put("onlyBootstrapKnowsAdapters", onlyBootstrapKnowsAdapters());
    rules.put("adaptersDoNotKnowBootstrap", adaptersDoNotKnowBootstrap());
    rules.put("loadGeneratorKnowsNothingOfTheRest", loadGeneratorKnowsNothingOfTheRest());
    rules.put("onlyBootstrapKnowsTheLoadGenerator", onlyBootstrapKnowsTheLoadGenerator());
    rules.put("portsOutDependOnDomainOnly", portsOutDependOnDomainOnly());
    rules.put("portsInDependOnPortsOutAndDomainOnly", portsInDependOnPortsOutAndDomainOnly());
    rules.put("useCasesAreHidden", useCasesAreHidden());
    rules.put("onlyTheEngineCallsDeciders", onlyTheEngineCallsDeciders());
    rules.put("onlyTheStateAppliesEvents", onlyTheStateAppliesEvents());
    librariesStayInTheirAdapters()
        .forEach((library, rule) -> rules.put("library " + library, rule));
    return rules;
  }
}
