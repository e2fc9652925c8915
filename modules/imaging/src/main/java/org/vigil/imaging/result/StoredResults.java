package org.vigil.imaging.result;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.imaging.api.ResultContent;
import org.vigil.imaging.api.ResultObjects;
import org.vigil.imaging.application.ObjectRegister;
import org.vigil.imaging.application.PacsCommitments;
import org.vigil.imaging.application.PacsNodeBook;
import org.vigil.imaging.application.StoredImages;
import org.vigil.imaging.application.StoredStudies;
import org.vigil.imaging.domain.ObjectHeader;
import org.vigil.imaging.storage.Draft;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;
import org.vigil.tenancy.api.TlsContexts;

/** Makes result objects, stores them beside their study and sends them. */
@ApplicationScoped
public class StoredResults implements ResultObjects {
  private static final Logger LOG = LoggerFactory.getLogger(StoredResults.class);

  private StoredStudies studies;
  private StoredImages images;
  private ObjectStore store;
  private ObjectRegister register;
  private TenantDirectory tenants;
  private ResultSender sender;
  private PacsCommitments commitments;

  @Inject
  void wire(
      StoredStudies storedStudies,
      StoredImages storedImages,
      ObjectStore objectStore,
      TlsContexts tls,
      ObjectRegister objectRegister,
      TenantDirectory tenantDirectory,
      PacsCommitments pacsCommitments,
      PacsNodeBook nodes,
      @ConfigProperty(name = "vigil.imaging.send-connect-timeout", defaultValue = "PT5S")
          java.time.Duration connectTimeout,
      @ConfigProperty(name = "vigil.imaging.send-response-timeout", defaultValue = "PT30S")
          java.time.Duration responseTimeout) {
    this.studies = storedStudies;
    this.images = storedImages;
    this.store = objectStore;
    this.register = objectRegister;
    this.tenants = tenantDirectory;
    this.commitments = pacsCommitments;
    this.sender =
        new ResultSender(connectTimeout, responseTimeout, tls, nodes::authorizationForService);
  }

  @Override
  public SopInstanceUid storeReport(ResultContent content) {
    SopInstanceUid uid = uid(content, ResultSeries.REPORT);
    if (studies.instance(uid).isEmpty()) {
      SourceImage source = source(images.read(content.image()));
      save(new MeasurementReport(content, source).toObject());
    }
    return uid;
  }

  @Override
  public SopInstanceUid storeHeatMapCapture(ResultContent content) {
    SopInstanceUid uid = uid(content, ResultSeries.HEAT_MAP);
    if (studies.instance(uid).isEmpty()) {
      DicomObject object = images.read(content.image());
      BufferedImage windowed = images.render(content.image(), object, content.frameNumber(), null);
      save(new HeatMapCapture(content, source(object)).toObject(windowed));
    }
    return uid;
  }

  @Override
  public void send(SopInstanceUid object, Destination destination) {
    TenantView tenant = tenant();
    sender.send(object, studies.source(object), destination, tenant.aeTitle());
    if (destination.aeTitle() != null) {
      commitments.stored(object, destination.aeTitle());
    }
    LOG.info("Result {} of {} stored at {}", object, tenant.id(), ResultSender.name(destination));
  }

  private void save(Attributes object) {
    TenantId tenant = TenantContext.current();
    try (Draft draft = store.begin(tenant)) {
      DicomWriter.write(
          draft.out(), DicomWriter.fileMetaInformation(object, UID.ExplicitVRLittleEndian), object);
      draft.seal();
      register.addResult(
          ObjectHeader.of(object), UID.ExplicitVRLittleEndian, draft, Clock.systemUTC().instant());
    } catch (IOException e) {
      // The draft itself throws no IOException: a value could not be encoded.
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "writing a result"), e);
    }
  }

  private SourceImage source(DicomObject object) {
    Attributes header =
        new Attributes(object.dataset(), tag -> Integer.compareUnsigned(tag, Tag.PixelData) < 0);
    ZoneId zone = tenant().timeZone();
    return new SourceImage(header, zone);
  }

  private TenantView tenant() {
    return tenants
        .find(TenantContext.current())
        .orElseThrow(() -> new VigilException(ErrorCode.TENANCY_0004));
  }

  private static SopInstanceUid uid(ResultContent content, String kind) {
    return SopInstanceUid.of(ResultSeries.sopInstanceUid(content, kind));
  }
}
