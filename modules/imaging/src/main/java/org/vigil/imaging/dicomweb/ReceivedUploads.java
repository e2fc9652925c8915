package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomStream;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.imaging.api.StudyUploads;
import org.vigil.imaging.application.IntakeAssociation;
import org.vigil.imaging.application.ObjectIntake;
import org.vigil.imaging.application.ObjectRegister.Receipt;
import org.vigil.imaging.storage.ObjectStore;
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
  private final ObjectStore objects;

  @Inject
  public ReceivedUploads(ObjectIntake intake, ObjectStore objects) {
    this.intake = intake;
    this.objects = objects;
  }

  /** For the container's proxy. */
  protected ReceivedUploads() {
    this(null, null);
  }

  @Override
  public Upload begin(StudyInstanceUid only, Actor sender) {
    return new Received(new IntakeAssociation(TenantContext.current(), sender, only));
  }

  private interface Receiving {
    Receipt receive() throws IOException;
  }

  private final class Received implements Upload {
    private final IntakeAssociation association;
    private final StoreResponse response = new StoreResponse();
    private PartedObjects parts;
    private boolean complete;

    Received(IntakeAssociation association) {
      this.association = association;
    }

    @Override
    public void add(InputStream object) throws IOException {
      complete = false;
      DicomStream stream = opened(object);
      if (stream != null) {
        store(
            stream.sopClassUid(),
            stream.sopInstanceUid(),
            () ->
                intake.receive(
                    association,
                    stream.sopClassUid(),
                    stream.sopInstanceUid(),
                    stream.transferSyntaxUid(),
                    stream.dataset()));
      }
      object.transferTo(OutputStream.nullOutputStream());
      complete = true;
    }

    private DicomStream opened(InputStream object) throws IOException {
      try {
        return DicomReader.openStream(object);
      } catch (DicomException e) {
        response.failed(ErrorCode.IMAGING_0001);
        return null;
      }
    }

    private void store(String sopClassUid, String sopInstanceUid, Receiving receiving)
        throws IOException {
      try {
        if (!UID.isStorage(sopClassUid)) {
          throw new VigilException(ErrorCode.IMAGING_0022);
        }
        response.stored(sopClassUid, receiving.receive().header());
      } catch (DicomException e) {
        response.failed(sopClassUid, sopInstanceUid, ErrorCode.IMAGING_0001);
      } catch (VigilException e) {
        LOG.info(
            "An object from {} is answered with {}", association.peer().name(), e.getMessage());
        response.failed(sopClassUid, sopInstanceUid, e.code());
      } catch (RuntimeException e) {
        // The database, most likely: the sender keeps the object and sends it again.
        LOG.error("An object from {} could not be recorded", association.peer().name(), e);
        response.failed(sopClassUid, sopInstanceUid, ErrorCode.KERNEL_0001);
      }
    }

    @Override
    public void describe(InputStream metadata, boolean xml) throws IOException {
      complete = false;
      parts().describe(metadata, xml);
    }

    @Override
    public void keep(Value value) throws IOException {
      complete = false;
      parts().keep(value);
    }

    private PartedObjects parts() {
      if (parts == null) {
        parts = new PartedObjects(objects, association.tenant());
      }
      return parts;
    }

    @Override
    public void join() throws IOException {
      for (PartedObjects.Described object : parts().all()) {
        Attributes dataset = object.dataset();
        String sopClass = dataset.getString(Tag.SOPClassUID);
        String instance = dataset.getString(Tag.SOPInstanceUID);
        if (sopClass == null || instance == null) {
          response.failed(ErrorCode.IMAGING_0002);
          continue;
        }
        store(
            sopClass,
            instance,
            () -> {
              String syntax = parts.complete(object);
              return intake.receive(
                  association,
                  association.isRetrieval(),
                  sopClass,
                  instance,
                  syntax,
                  out -> DicomWriter.writeDataset(out, dataset, syntax));
            });
      }
      for (int i = 0; i < parts.left(); i++) {
        response.failed(ErrorCode.IMAGING_0096);
      }
      complete = true;
    }

    @Override
    public void refuse() {
      response.failed(ErrorCode.IMAGING_0001);
      complete = true;
    }

    @Override
    public Answer answer(String baseUri) {
      return response.answer(baseUri);
    }

    @Override
    public void close() {
      if (parts != null) {
        parts.close();
      }
      intake.ended(association, complete);
    }
  }
}
