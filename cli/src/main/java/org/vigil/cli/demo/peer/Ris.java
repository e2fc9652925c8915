package org.vigil.cli.demo.peer;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.protocol.ReceivingApplicationException;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A radiology information system: sends orders over one persistent MLLP connection and takes
 * ORU^R01 on a port of its own, acknowledging each.
 */
public final class Ris implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final HapiContext hl7 = new DefaultHapiContext();
  private final Map<String, String> resultsByControlId = new ConcurrentHashMap<>();
  private final AtomicInteger contradictions = new AtomicInteger();
  private final HL7Service receiver;
  private final String host;
  private final int port;
  private Connection connection;

  /**
   * Starts to listen for results.
   *
   * @param host where Vigil takes orders
   * @param port likewise
   * @param resultPort where this RIS takes results
   */
  public Ris(String host, int port, int resultPort) throws InterruptedException {
    this.host = host;
    this.port = port;
    hl7.setValidationContext(ValidationContextFactory.noValidation());
    hl7.getParserConfiguration().setIdGenerator(new ca.uhn.hl7v2.util.idgenerator.UUIDGenerator());
    receiver = hl7.newServer(resultPort, false);
    receiver.registerApplication("ORU", "R01", new ResultInbox());
    receiver.startAndWait();
  }

  /**
   * Sends a message and waits for its acknowledgement.
   *
   * @return the answer, as text
   * @throws IOException when there is no connection or no answer in time; sending again is safe
   */
  public synchronized String send(String message) throws IOException {
    try {
      if (connection == null || !connection.isOpen()) {
        connection = hl7.newClient(host, port, false);
        connection.getInitiator().setTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      Message answer = connection.getInitiator().sendAndReceive(hl7.getPipeParser().parse(message));
      return answer.encode();
    } catch (HL7Exception | LLPException | IOException | RuntimeException e) {
      disconnect();
      throw new IOException("the order was not acknowledged: " + e.getMessage(), e);
    }
  }

  /** MSA-1 of an answer. */
  public static String acknowledgementCode(String answer) {
    for (String segment : answer.split("\r")) {
      if (segment.startsWith("MSA|")) {
        return segment.split("\\|")[1];
      }
    }
    return "";
  }

  /** The results received, one a control id however often it was sent. */
  public List<String> results() {
    return List.copyOf(resultsByControlId.values());
  }

  /** How often a result came again under the same control id with other content. */
  public int contradictions() {
    return contradictions.get();
  }

  @Override
  public void close() {
    try {
      disconnect();
      receiver.stopAndWait();
      hl7.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void disconnect() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  /** Keeps results and acknowledges them. */
  private final class ResultInbox implements ReceivingApplication<Message> {
    @Override
    public boolean canProcess(Message message) {
      return true;
    }

    @Override
    public Message processMessage(Message message, Map<String, Object> metadata)
        throws ReceivingApplicationException, HL7Exception {
      String text = message.encode();
      String before = resultsByControlId.put(new Terser(message).get("/MSH-10"), text);
      if (before != null && !before.equals(text)) {
        contradictions.incrementAndGet();
      }
      try {
        return message.generateACK();
      } catch (IOException e) {
        throw new HL7Exception(e);
      }
    }
  }
}
