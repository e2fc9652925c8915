package org.vigil.audit.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.openehealth.ipf.commons.audit.CustomTlsParameters;
import org.openehealth.ipf.commons.audit.DefaultAuditContext;
import org.openehealth.ipf.commons.audit.protocol.AuditTransmissionProtocol;
import org.openehealth.ipf.commons.audit.protocol.TLSSyslogSenderImpl;
import org.vigil.audit.domain.AuditRow;
import org.vigil.audit.persistence.AuditEventRepository;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * The hospital's audit repository: DICOM audit messages over syslog and TLS (IHE ITI-20, RFC 5425).
 * Syslog acknowledges nothing; what the connection took counts as sent, and the number in each
 * message leads back to the sealed trail, which is complete.
 */
@ApplicationScoped
public class SyslogReceiver {
  @Inject private AuditEventRepository events;

  @Inject
  @ConfigProperty(name = "vigil.audit.syslog.host")
  private Optional<String> host;

  @Inject
  @ConfigProperty(name = "vigil.audit.syslog.port", defaultValue = "6514")
  private int port;

  @Inject
  @ConfigProperty(name = "vigil.audit.syslog.truststore")
  private Optional<String> trustStore;

  @Inject
  @ConfigProperty(name = "vigil.audit.syslog.truststore-password")
  private Optional<String> trustStorePassword;

  @Inject
  @ConfigProperty(name = "vigil.audit.syslog.keystore")
  private Optional<String> keyStore;

  @Inject
  @ConfigProperty(name = "vigil.audit.syslog.keystore-password")
  private Optional<String> keyStorePassword;

  private AuditTransmissionProtocol sender;
  private DefaultAuditContext context;

  /** For the container. */
  public SyslogReceiver() {}

  /** A receiver whose certificate is in a PKCS#12 trust store. */
  SyslogReceiver(String host, int port, String trustStore, String trustStorePassword) {
    this.events = new AuditEventRepository();
    this.host = Optional.of(host);
    this.port = port;
    this.trustStore = Optional.of(trustStore);
    this.trustStorePassword = Optional.of(trustStorePassword);
    this.keyStore = Optional.empty();
    this.keyStorePassword = Optional.empty();
  }

  public boolean isConfigured() {
    return host.isPresent() && trustStore.isPresent();
  }

  /**
   * Sends events.
   *
   * @throws VigilException AUDIT-0008 when they could not be sent; some of them may have been
   */
  public synchronized void send(String schema, List<AuditRow> rows) {
    String source = schema.replaceFirst("^t_", "");
    try {
      if (sender == null) {
        open();
      }
      for (AuditRow row : rows) {
        sender.send(context, DicomAuditMessages.xml(events.entry(row), source));
      }
    } catch (Exception e) { // what the library's interface declares
      sender = null;
      throw new VigilException(ErrorCode.AUDIT_0008, Map.of("port", port), e);
    }
  }

  private void open() {
    CustomTlsParameters tls = new CustomTlsParameters();
    tls.setTlsProtocol("TLS");
    tls.setEnabledProtocols("TLSv1.3,TLSv1.2");
    tls.setPerformDomainValidation(true);
    tls.setTrustStoreType("PKCS12");
    tls.setTrustStoreFile(trustStore.orElseThrow());
    tls.setTrustStorePassword(trustStorePassword.orElse(""));
    // The library wants both: without a certificate of our own, the trust store, which holds no
    // key.
    tls.setKeyStoreType("PKCS12");
    tls.setKeyStoreFile(keyStore.or(() -> trustStore).orElseThrow());
    tls.setKeyStorePassword(keyStorePassword.or(() -> trustStorePassword).orElse(""));
    context = new DefaultAuditContext();
    context.setAuditEnabled(true);
    context.setAuditRepositoryHost(host.orElseThrow());
    context.setAuditRepositoryPort(port);
    context.setAuditSourceId("vigil");
    sender = new TLSSyslogSenderImpl(tls);
  }
}
