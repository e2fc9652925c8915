package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomStream;
import org.vigil.imaging.api.StudyUploads;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.imaging.application.ObjectIntake;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Hands each object of a request to the same intake that associations use. */
@ApplicationScoped
public class ReceivedUploads implements StudyUploads {
  private static final Logger LOG = LoggerFactory.getLogger(ReceivedUploads.class);

  private final ObjectIntake intake;

  @Inject
  public ReceivedUploads(ObjectIntake intake) {
    this.intake = intake;
  }

  /** For the container's proxy. */
  protected ReceivedUploads() {
    this(null);
  }

  @Override
  public Upload begin(StudyInstanceUid only, Actor sender) {
    return new Received(new IntakeAssociation(TenantContext.current(), sender, only));
  }

  private final class Received implements Upload {
    private final IntakeAssociation association;
    private final StoreResponse response = new StoreResponse();
    private boolean complete;

    Received(IntakeAssociation association) {
      this.association = association;
    }

    @Override
    public void add(InputStream object) throws IOException {
      complete = false;
      DicomStream stream = null;
      try {
        stream = DicomReader.openStream(object);
        if (!UID.isStorage(stream.sopClassUid())) {
          throw new VigilException(ErrorCode.IMAGING_0022);
        }
        response.stored(
            stream,
            intake
                .receive(
                    association,
                    stream.sopClassUid(),
                    stream.sopInstanceUid(),
                    stream.transferSyntaxUid(),
                    stream.dataset())
                .header());
      } catch (DicomException e) {
        response.failed(null, ErrorCode.IMAGING_0001);
      } catch (VigilException e) {
        LOG.info("An object from {} is answered with {}", association.peer().name(), e.code().id());
        response.failed(stream, e.code());
      } catch (RuntimeException e) {
        // The database, most likely: the sender keeps the object and sends it again.
        LOG.error("An object from {} could not be recorded", association.peer().name(), e);
        response.failed(stream, ErrorCode.KERNEL_0001);
      }
      object.transferTo(OutputStream.nullOutputStream());
      complete = true;
    }

    @Override
    public void refuse() {
      response.failed(null, ErrorCode.IMAGING_0001);
      complete = true;
    }

    @Override
    public Answer answer(String baseUri) {
      return response.answer(baseUri);
    }

    @Override
    public void close() {
      intake.ended(association, complete);
    }
  }
}
