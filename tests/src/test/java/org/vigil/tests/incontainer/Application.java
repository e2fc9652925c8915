package org.vigil.tests.incontainer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The built EAR as the tests deploy it: the pages' WAR makes room for one that holds the tests. */
final class Application {
  private static final String PAGES = "vigil-web.war";
  private static final String TESTS = "vigil-in-container.war";
  private static final String DESCRIPTOR = "META-INF/application.xml";

  private Application() {}

  /** All else, the order of its modules included, is what the build made. */
  static EnterpriseArchive withTests() {
    File built = checkout().resolve("ear/target/vigil.ear").toFile();
    EnterpriseArchive ear =
        ShrinkWrap.create(ZipImporter.class, "vigil.ear")
            .importFrom(built)
            .as(EnterpriseArchive.class);
    String descriptor = text(ear.get(DESCRIPTOR).getAsset().openStream());
    ear.delete(DESCRIPTOR);
    ear.delete(PAGES);
    ear.setApplicationXML(new StringAsset(descriptor.replace(PAGES, TESTS)));
    ear.addAsModule(Testable.archiveToTest(tests()));
    return ear;
  }

  private static WebArchive tests() {
    return ShrinkWrap.create(WebArchive.class, TESTS)
        .addPackage(Application.class.getPackage())
        .addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class))
        .addAsLibraries(jarOf(org.hamcrest.Matcher.class))
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
  }

  private static Path checkout() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("ear")) ? here : here.getParent();
  }

  private static File jarOf(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
