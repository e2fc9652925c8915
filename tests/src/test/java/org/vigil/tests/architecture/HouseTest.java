package org.vigil.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * Who may use whom. A module is a package under {@code org.vigil}; of another module it sees {@code
 * api} and nothing else, save for kernel and dicom, which are all api.
 */
@AnalyzeClasses(
    packages = "org.vigil",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class HouseTest {
  private static final String ROOT = "org.vigil.";

  /** The table of docs/architecture.md. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("kernel", Set.of()),
          Map.entry("dicom", Set.of()),
          Map.entry("phantom", Set.of("dicom")),
          Map.entry("tenancy", Set.of("kernel")),
          Map.entry("audit", Set.of("kernel", "tenancy")),
          Map.entry("identity", Set.of("kernel", "tenancy")),
          Map.entry("imaging", Set.of("kernel", "dicom", "tenancy")),
          Map.entry("analysis", Set.of("kernel", "tenancy", "imaging")),
          Map.entry("inference", Set.of("kernel", "tenancy", "imaging", "analysis")),
          Map.entry("integration", Set.of("kernel", "tenancy", "imaging", "analysis")),
          Map.entry(
              "web",
              Set.of(
                  "kernel",
                  "dicom",
                  "tenancy",
                  "audit",
                  "identity",
                  "imaging",
                  "analysis",
                  "inference",
                  "integration")));

  /** Libraries rather than modules: every class of theirs is for others. */
  private static final Set<String> OPEN = Set.of("kernel", "dicom", "phantom");

  @ArchTest
  static final ArchRule modulesUseOnlyWhatTheTableAllows =
      classes().that(areOfAModule()).should(useOnlyWhatTheTableAllows());

  @ArchTest
  static final ArchRule modulesHaveNoCycles =
      slices().matching("org.vigil.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule kernelAndDicomAndPhantomKnowNoServer =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "kernel..", ROOT + "dicom..", ROOT + "phantom..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "org.hibernate..", "org.jboss..", "org.wildfly..");

  @ArchTest
  static final ArchRule domainKnowsNoEdge =
      noClasses()
          .that()
          .resideInAPackage("org.vigil.*.domain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.ws.rs..", "jakarta.jms..", "jakarta.servlet..", "jakarta.ejb..");

  @ArchTest
  static final ArchRule ejbComponentsLieWhereTheEarLooksForThem =
      classes()
          .that()
          .areAnnotatedWith(jakarta.ejb.MessageDriven.class)
          .or()
          .areAnnotatedWith(jakarta.ejb.Singleton.class)
          .or()
          .areAnnotatedWith(jakarta.ejb.Stateless.class)
          .should()
          .resideInAnyPackage("..messaging..", "..startup..");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  private static DescribedPredicate<JavaClass> areOfAModule() {
    return DescribedPredicate.describe(
        "are of a module of the table", type -> MAY_USE.containsKey(moduleOf(type)));
  }

  private static ArchCondition<JavaClass> useOnlyWhatTheTableAllows() {
    return new ArchCondition<>("use only the api of the modules the table allows") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String module = moduleOf(type);
        type.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> MAY_USE.containsKey(moduleOf(dependency.getTargetClass())))
            .filter(dependency -> !moduleOf(dependency.getTargetClass()).equals(module))
            .filter(dependency -> !isAllowed(module, dependency.getTargetClass()))
            .forEach(
                dependency ->
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
      }
    };
  }

  private static boolean isAllowed(String module, JavaClass target) {
    String used = moduleOf(target);
    return MAY_USE.get(module).contains(used)
        && (OPEN.contains(used) || target.getPackageName().startsWith(ROOT + used + ".api"));
  }

  private static String moduleOf(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(ROOT)) {
      return "";
    }
    String rest = name.substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
