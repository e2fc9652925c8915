package org.vigil.imaging.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.kernel.Actor;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/**
 * DICOMweb (PS3.18) over what is stored for the current tenant: search (QIDO-RS) and retrieve
 * (WADO-RS). Retrieving is audited, once in a while per person and study.
 */
public interface DicomWeb {
  /**
   * Studies that match, newest first.
   *
   * @param baseUri of the DICOMweb service, without a slash at the end
   * @throws org.vigil.kernel.VigilException KERNEL-0003 for a key that is not indexed; likewise of
   *     the other searches
   */
  SearchMatches searchStudies(Search search, String baseUri);

  /** Series of all studies that match, with their studies' attributes. */
  SearchMatches searchSeries(Search search, String baseUri);

  /** Instances of all studies that match, with their studies' and series' attributes. */
  SearchMatches searchInstances(Search search, String baseUri);

  /** A study's series that match; IMAGING-0004 when the study is unknown. */
  SearchMatches searchSeries(StudyInstanceUid study, Search search, String baseUri);

  /** Instances of a study or series that match; IMAGING-0004, IMAGING-0005. */
  SearchMatches searchInstances(Target target, Search search, String baseUri);

  /**
   * Data sets without bulk data as a DICOM JSON array.
   *
   * @param baseUri of the DICOMweb service, without a slash at the end; bulk data is referred to
   *     below it
   * @throws org.vigil.kernel.VigilException IMAGING-0004, IMAGING-0005
   */
  Body metadata(Target target, String baseUri, Actor actor);

  /** The same, each data set as a Native DICOM Model (PS3.19 annex A) of its own. */
  List<Body> metadataInXml(Target target, String baseUri, Actor actor);

  /** The objects as they are stored, as {@code application/dicom}. */
  List<Body> objects(Target target, Actor actor);

  /**
   * Frames of an image.
   *
   * @param frameNumbers 1-based
   * @param asStored whether the caller takes any transfer syntax; otherwise frames are decoded to
   *     little endian
   * @throws org.vigil.kernel.VigilException IMAGING-0005, 0008, 0009, 0010
   */
  List<Body> frames(Target target, List<Integer> frameNumbers, boolean asStored, Actor actor);

  /** A frame as a picture, as it is looked at. */
  Body rendered(Target target, Rendering rendering, Actor actor);

  /**
   * A long value that {@link #metadata} referred to.
   *
   * @param path hexadecimal tags and item numbers (from 1) from the data set down, separated by
   *     slashes
   */
  Body bulkData(Target target, String path, Actor actor);

  /**
   * What is asked for; series and instance are null for all of them.
   *
   * <p>An instance is found by its whole path: one that lies in another study or series is not.
   */
  record Target(StudyInstanceUid study, SeriesInstanceUid series, SopInstanceUid instance) {}

  /**
   * A search.
   *
   * @param keys the identifier (PS3.4 §C.2.2.2): attributes that must match; of several values one
   *     must
   * @param included tags that are answered although the resource's path makes them known; {@link
   *     #ALL} means every one
   * @param only studies whose acquired modalities all lie in this set; null for no such limit
   * @param limit 0 to 5000
   */
  record Search(Attributes keys, Set<Integer> included, Set<String> only, int offset, int limit) {
    /** {@code includefield=all}. */
    public static final int ALL = -1;
  }

  /**
   * How to render a frame.
   *
   * @param windowCenter or null for the image's own window; likewise the width
   * @param mediaType {@code image/png} or {@code image/jpeg}
   * @param longestSide pixels, or 0 for the image's own size
   */
  record Rendering(
      int frameNumber,
      Double windowCenter,
      Double windowWidth,
      String mediaType,
      int longestSide) {}

  /**
   * One body or part of a body.
   *
   * @param contentType media type with its parameters
   * @param etag changes when the bytes do, quoted
   * @param length in bytes, or -1 where it is not known before
   */
  record Body(String contentType, String etag, long length, Writer writer) {}

  /** Writes a body. */
  @FunctionalInterface
  interface Writer {
    void writeTo(OutputStream out) throws IOException;

    /**
     * Writes a part of the body.
     *
     * @param from the first byte, from 0
     * @param count how many bytes; the body is at least that long
     */
    default void writeTo(OutputStream out, long from, long count) throws IOException {
      writeTo(new Slice(out, from, count));
    }
  }
}
