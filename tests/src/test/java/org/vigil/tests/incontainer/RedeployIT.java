package org.vigil.tests.incontainer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.vigil.inference.application.ModelRegistry;

/** Deploying anew costs no second copy of the native inference engine. */
@Tag("alone")
@ArquillianTest
@TestMethodOrder(OrderAnnotation.class)
class RedeployIT {
  private static final String APPLICATION = "vigil";
  private static final int TIMES = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @ArquillianResource private Deployer deployer;
  @Inject private ModelRegistry models;

  @Deployment(name = APPLICATION, managed = false)
  static EnterpriseArchive application() {
    return Application.withTests();
  }

  @Test
  @Order(1)
  @RunAsClient
  void deployFiveTimes() {
    for (int i = 1; i < TIMES; i++) {
      deployer.deploy(APPLICATION);
      deployer.undeploy(APPLICATION);
    }
    deployer.deploy(APPLICATION);
  }

  @Test
  @Order(2)
  @OperateOnDeployment(APPLICATION)
  void oneNativeCopyIsHeld() throws IOException {
    models.await(PATIENCE);
    assertThat(models.size()).as("models loaded").isPositive();
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      Set<String> copies =
          mappings
              .filter(m -> m.contains("libonnxruntime.so"))
              .map(m -> m.substring(m.indexOf('/')))
              .collect(Collectors.toSet());
      assertThat(copies).hasSize(1);
    }
  }

  @Test
  @Order(3)
  @RunAsClient
  void undeploy() {
    deployer.undeploy(APPLICATION);
  }
}
