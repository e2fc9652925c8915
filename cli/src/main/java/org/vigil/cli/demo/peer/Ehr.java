package org.vigil.cli.demo.peer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An electronic health record: one HAPI FHIR R4 endpoint for each hospital at {@code /ID/fhir},
 * which keeps what it is sent in memory and gives it back by read and search.
 */
public final class Ehr implements AutoCloseable {
  private final Map<String, Chart> charts = new ConcurrentHashMap<>();
  private final Undertow server;
  private final int port;

  /**
   * Starts listening on loopback.
   *
   * @param port 0 for any free one
   * @param hospitals the ids under which endpoints are made
   */
  public Ehr(int port, List<String> hospitals) {
    FhirContext fhir = FhirContext.forR4Cached();
    Map<String, io.undertow.server.HttpHandler> handlers = new TreeMap<>();
    for (String hospital : hospitals) {
      Chart chart = new Chart();
      charts.put(hospital, chart);
      handlers.put(hospital, endpoint(fhir, hospital, chart));
    }
    this.server =
        Undertow.builder()
            .addHttpListener(port, "127.0.0.1")
            .setHandler(
                exchange -> {
                  String hospital = exchange.getRequestPath().split("/", 3)[1];
                  var handler = handlers.get(hospital);
                  if (handler == null) {
                    exchange.setStatusCode(404).endExchange();
                  } else {
                    handler.handleRequest(exchange);
                  }
                })
            .build();
    server.start();
    this.port =
        ((java.net.InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** The base URL a hospital's results are pushed to. */
  public String baseUrl(String hospital) {
    return "http://127.0.0.1:" + port + "/" + hospital + "/fhir";
  }

  /** What this hospital's endpoint holds. */
  public Chart chart(String hospital) {
    return charts.get(hospital);
  }

  @Override
  public void close() {
    server.stop();
  }

  private static io.undertow.server.HttpHandler endpoint(
      FhirContext fhir, String hospital, Chart chart) {
    RestfulServer servlet = new RestfulServer(fhir);
    servlet.registerProvider(new TransactionProvider(chart));
    for (Class<? extends org.hl7.fhir.r4.model.Resource> type : Chart.TYPES) {
      servlet.registerProvider(new ChartProvider<>(chart, type));
    }
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(Ehr.class.getClassLoader())
            .setContextPath("/" + hospital)
            .setDeploymentName(hospital)
            .addServlet(
                Servlets.servlet(
                        "fhir", RestfulServer.class, new ImmediateInstanceFactory<>(servlet))
                    .addMapping("/fhir/*"));
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    try {
      return io.undertow.Handlers.path().addPrefixPath("/" + hospital, manager.start());
    } catch (ServletException e) {
      throw new IllegalStateException("the EHR endpoint did not start", e);
    }
  }
}
