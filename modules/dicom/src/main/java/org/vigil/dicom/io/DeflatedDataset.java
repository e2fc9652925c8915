package org.vigil.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;

/**
 * The inflated bytes of a deflated data set (PS3.5 §A.5). Who opens it at an offset inflates all
 * that is before it: slow for many looks, but a data set that inflates to gigabytes needs no more
 * memory than any other.
 *
 * @param object what holds the data set
 * @param offset where it begins there
 * @param zlib whether it has the header of RFC 1950 §2.2, which the standard does not want
 */
record DeflatedDataset(ByteSource object, long offset, boolean zlib) implements ByteSource {

  @Override
  public InputStream open(long from) throws IOException {
    InputStream in = inflate(object.open(offset), zlib);
    try {
      in.skipNBytes(from);
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Only inflating all of it would tell. */
  @Override
  public long length() {
    return -1;
  }

  /** Inflates a stream, and says what is wrong with it in the words of the reader. */
  static InputStream inflate(InputStream deflated, boolean zlib) {
    return new Inflating(deflated, new Inflater(!zlib));
  }

  private static final class Inflating extends InflaterInputStream {
    Inflating(InputStream in, Inflater inflater) {
      super(in, inflater);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return super.read(to, offset, length);
      } catch (ZipException e) {
        throw new DicomException(
            DicomError.MALFORMED, "The deflated data set is no deflate stream", e);
      } catch (EOFException e) {
        throw new DicomException(DicomError.TRUNCATED, "The deflated data set ends too early", e);
      }
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }
}
