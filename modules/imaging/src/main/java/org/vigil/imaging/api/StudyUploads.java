package org.vigil.imaging.api;

import java.io.IOException;
import java.io.InputStream;
import org.vigil.kernel.Actor;
import org.vigil.kernel.StudyInstanceUid;

/** Objects that a request brings to the current tenant (STOW-RS, PS3.18 §10.5; uploads). */
public interface StudyUploads {
  /**
   * Opens a conversation; its studies' quiet period begins when it is closed.
   *
   * @param only objects of another study are refused; null takes any
   */
  Upload begin(StudyInstanceUid only, Actor sender);

  /** One conversation, used by one thread. What it has stored stays, however it ends. */
  interface Upload extends AutoCloseable {
    /**
     * Stores one Part 10 object; when this returns it is durable or refused, as {@link #answer}
     * tells. The stream is read to its end and left open.
     *
     * @throws IOException when the sender breaks off
     */
    void add(InputStream object) throws IOException;

    /**
     * Takes data sets of objects whose bulk data comes apart; {@link #join} stores them.
     *
     * @param metadata a DICOM JSON array or, if {@code xml}, one Native DICOM Model
     * @throws org.vigil.kernel.VigilException IMAGING-0006
     * @throws org.vigil.dicom.data.DicomException if it is too much, or not what it should be
     * @throws IOException when the sender breaks off
     */
    void describe(InputStream metadata, boolean xml) throws IOException;

    /**
     * Keeps a value that metadata refers to; before or after it.
     *
     * @throws org.vigil.kernel.VigilException IMAGING-0006
     * @throws org.vigil.dicom.data.DicomException if it is too much, or not what it should be
     * @throws IOException when the sender breaks off
     */
    void keep(Value value) throws IOException;

    /**
     * Stores the objects that metadata and values make, when all have come: each is durable then or
     * refused, as {@link #answer} tells.
     */
    void join() throws IOException;

    /** Notes a part that is no DICOM object by its media type. */
    void refuse();

    /**
     * What became of the objects.
     *
     * @param baseUri of the DICOMweb service, without a slash at the end
     */
    Answer answer(String baseUri);

    /** Ends the conversation. */
    @Override
    void close();
  }

  /**
   * A value of an element of which metadata holds the address alone.
   *
   * @param location the address, as the metadata has it; null where the part has none
   * @param mediaType without parameters
   * @param transferSyntaxUid parameter of the media type, or null
   */
  record Value(String location, String mediaType, String transferSyntaxUid, InputStream content) {}

  /**
   * The Store Instances Response (PS3.18 annex I).
   *
   * @param stored how many objects are durable, those that had been stored before included
   * @param failed how many are not
   * @param storageFull whether one failed because there is no room: the sender may try again
   */
  record Answer(int stored, int failed, boolean storageFull, byte[] json, byte[] xml) {}
}
