package com.freelync.control.local.build;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE: which module and which package may know which. */
@DisplayName("the modules' arrows")
class ArchitectureTest {
  private static final String OURS = "com.freelync.control..";

  /** Each module with the modules that it may know. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "workflows-dsl", Set.of(),
          "domain", Set.of("workflows-dsl"),
          "dispatch", Set.of("domain", "workflows-dsl"),
          "workers", Set.of("dispatch", "domain", "workflows-dsl"),
          "api-server", Set.of("dispatch", "domain", "workflows-dsl"),
          "sandbox", Set.of());

  /** Capabilities whose tables every capability may write to. */
  private static final Set<String> FOR_ALL = Set.of("audit", "outbox");

  private static final Map<String, JavaClasses> modules = new HashMap<>();

  @BeforeAll
  static void importModules() {
    for (String module : ARROWS.keySet()) {
      Path classes = Path.of("..", module, "target", "classes");
      assertThat(Files.isDirectory(classes)).as(module + " is built").isTrue();
      modules.put(module, new ClassFileImporter().importPath(classes));
    }
  }

  @Test
  void aModuleKnowsOnlyThoseThatItsArrowsPointTo() {
    Map<String, String> homes = homes();
    ARROWS.forEach(
        (module, known) ->
            classes()
                .should(knowOnly(module, known, homes))
                .allowEmptyShould(true)
                .check(modules.get(module)));
  }

  @Test
  void theDomainKnowsNeitherTemporalNorTheWeb() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.temporal..", "jakarta.ws.rs..", "io.dropwizard..", "jakarta.servlet..")
        .check(modules.get("domain"));
  }

  @Test
  void theLanguageKnowsNoLibraryButItsMatcherAndItsParser() {
    noClasses()
        .that()
        .resideOutsideOfPackage("com.freelync.control.parse..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.not(
                resideInAPackage(OURS)
                    .or(resideInAPackage("java.."))
                    .or(resideInAPackage("com.google.re2j.."))
                    .or(resideInAPackage("org.jspecify.."))))
        .check(modules.get("workflows-dsl"));
  }

  @Test
  void noCapabilityUsesAnothersDao() {
    for (String module : List.of("domain", "dispatch", "workers", "api-server")) {
      classes().should(useOnlyItsOwnDaos()).allowEmptyShould(true).check(modules.get(module));
    }
  }

  private static Map<String, String> homes() {
    Map<String, String> homes = new HashMap<>();
    modules.forEach(
        (module, classes) ->
            classes.forEach(
                one -> {
                  if (!one.getSimpleName().equals("package-info")) {
                    homes.put(one.getName(), module);
                  }
                }));
    return homes;
  }

  private static ArchCondition<JavaClass> knowOnly(
      String module, Set<String> known, Map<String, String> homes) {
    Set<String> allowed = new HashSet<>(known);
    allowed.add(module);
    return new ArchCondition<>("know only " + allowed) {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        one.getDirectDependenciesFromSelf().stream()
            .filter(arrow -> homes.containsKey(arrow.getTargetClass().getName()))
            .filter(arrow -> !allowed.contains(homes.get(arrow.getTargetClass().getName())))
            .forEach(
                arrow -> events.add(SimpleConditionEvent.violated(one, arrow.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> useOnlyItsOwnDaos() {
    return new ArchCondition<>("use only DAOs of its own capability, or audit's and outbox's") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        List<String> wrong = new ArrayList<>();
        one.getDirectDependenciesFromSelf()
            .forEach(
                arrow -> {
                  JavaClass target = arrow.getTargetClass();
                  String capability = capability(target);
                  if (target.getSimpleName().endsWith("Dao")
                      && !capability.equals(capability(one))
                      && !FOR_ALL.contains(capability)) {
                    wrong.add(arrow.getDescription());
                  }
                });
        wrong.forEach(text -> events.add(SimpleConditionEvent.violated(one, text)));
      }
    };
  }

  /** The first word after {@code com.freelync.control}. */
  private static String capability(JavaClass one) {
    String[] words = one.getPackageName().split("\\.");
    return words.length > 3 ? words[3] : "";
  }
}
