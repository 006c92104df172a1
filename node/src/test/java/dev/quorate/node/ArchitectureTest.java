package dev.quorate.node;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows, the rooms of the libraries, and the determinism of what is below node. */
@AnalyzeClasses(
    packages = "dev.quorate",
    importOptions = {ImportOption.DoNotIncludeTests.class})
final class ArchitectureTest {
  private static final String[] PURE = {"dev.quorate.consensus..", "dev.quorate.replica.."};

  @ArchTest
  static final ArchRule arrowsPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("crypto")
          .definedBy("dev.quorate.crypto..")
          .layer("consensus-core")
          .definedBy("dev.quorate.consensus.core..")
          .layer("consensus-pbft")
          .definedBy("dev.quorate.consensus.pbft..")
          .layer("ledger")
          .definedBy("dev.quorate.ledger..")
          .layer("transport")
          .definedBy("dev.quorate.transport..")
          .layer("replica")
          .definedBy("dev.quorate.replica..")
          .layer("gateway")
          .definedBy("dev.quorate.gateway..")
          .layer("node")
          .definedBy("dev.quorate.node..")
          .whereLayer("node")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("gateway")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("replica")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("transport")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("consensus-pbft")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers("node", "gateway", "replica")
          .whereLayer("consensus-core")
          .mayOnlyBeAccessedByLayers("node", "gateway", "replica", "ledger", "consensus-pbft");

  /** The node finds engines by their providers; it names none. */
  @ArchTest
  static final ArchRule nodeNamesNoEngine =
      noClasses()
          .that()
          .resideInAPackage("dev.quorate.node..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.quorate.consensus.pbft..");

  @ArchTest
  static final ArchRule nettyIsNamedInTransportOnly = room("io.netty..", "dev.quorate.transport..");

  @ArchTest
  static final ArchRule vertxIsNamedInGatewayOnly = room("io.vertx..", "dev.quorate.gateway..");

  @ArchTest
  static final ArchRule lmdbIsNamedInLedgerOnly = room("org.lmdbjava..", "dev.quorate.ledger..");

  @ArchTest
  static final ArchRule bouncyCastleIsNamedInCryptoOnly =
      room("org.bouncycastle..", "dev.quorate.crypto..");

  @ArchTest
  static final ArchRule enginesAndReplicaTouchNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule enginesAndReplicaTouchNoThread =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.concurrent.Executor.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.concurrent.Executors.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Timer.class);

  @ArchTest
  static final ArchRule enginesAndReplicaDrawNoChance =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(java.util.random.RandomGenerator.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.UUID.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule enginesAndReplicaTouchNoFileOrSocket =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile|Console|Print.*)");

  @ArchTest
  static final ArchRule nobodyLogsByJavaUtilLogging =
      noClasses()
          .that()
          .resideOutsideOfPackages("..proto..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule enginesAndWhatIsBelowDoNotLog =
      noClasses()
          .that()
          .resideInAnyPackage("dev.quorate.crypto..", "dev.quorate.consensus..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.slf4j..");

  /** Codecs, and the two rooms of helpers that codecs share and that encode for hashing. */
  @ArchTest
  static final ArchRule generatedClassesAreTouchedByCodecsOnly =
      classes()
          .that()
          .resideInAPackage("..proto..")
          .should()
          .onlyBeAccessed()
          .byClassesThat(
              resideInAnyPackage("..proto..")
                  .or(nameMatching("dev\\.quorate\\..*Codec(\\$.*)?"))
                  .or(simpleName("CanonicalBytes"))
                  .or(simpleName("Protos"))
                  .or(simpleName("HeaderHashes"))
                  .or(simpleName("PartSet")));

  private static ArchRule room(String library, String owner) {
    return noClasses()
        .that()
        .resideInAPackage("dev.quorate..")
        .and()
        .resideOutsideOfPackage(owner)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
